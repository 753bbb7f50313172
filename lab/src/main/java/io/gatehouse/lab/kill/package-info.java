/** Kills worker processes while they work, and checks that nothing was lost, repeated or changed by it. */
package io.gatehouse.lab.kill;
