/** What the engine does, as Prometheus metrics. */
package io.gatehouse.app.metrics;
