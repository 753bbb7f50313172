/** How Gatehouse logs: to standard error, as text for people or as JSON with ECS field names. */
package io.gatehouse.app.log;
