/** The gatehouse command: configuration, composition root, HTTP and metrics. */
package io.gatehouse.app;
