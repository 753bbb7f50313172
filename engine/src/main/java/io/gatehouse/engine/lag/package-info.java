/** How far behind a group is, judged by trend: asked of Kafka from outside, or by a running process of what it owns. */
package io.gatehouse.engine.lag;
