/** Mending refused events: members of the top level changed by rules, every other byte left as it is. */
package io.gatehouse.core.patch;
