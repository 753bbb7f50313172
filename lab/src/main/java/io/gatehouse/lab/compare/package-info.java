/** How fast Gatehouse is beside a plain copy, and beside other programs that do its job. */
package io.gatehouse.lab.compare;
