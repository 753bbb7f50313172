/** Gatehouse as processes of its own: what is killed and what is measured is what production runs. */
package io.gatehouse.lab.worker;
