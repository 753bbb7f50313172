/** What is remembered of each user: session, devices, versions, recent logins. */
package io.gatehouse.core.profile;
