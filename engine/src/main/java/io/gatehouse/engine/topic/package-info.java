/** The topics that Gatehouse reads and writes: what they must be like, made and checked. */
package io.gatehouse.engine.topic;
