/** Health and metrics over HTTP. */
package io.gatehouse.app.http;
