/** Other processes as the lab handles them: started, signalled, watched, and never left behind. */
package io.gatehouse.lab.process;
