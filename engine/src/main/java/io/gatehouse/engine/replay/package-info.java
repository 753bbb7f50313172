/** Dead letters read, filtered, counted by cause, and sent back to the input exactly once. */
package io.gatehouse.engine.replay;
