/** Refused events: kept byte for byte with the reason beside them, and logged without their content. */
package io.gatehouse.engine.deadletter;
