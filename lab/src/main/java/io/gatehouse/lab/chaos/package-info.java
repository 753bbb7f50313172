/** Breaks a pipeline in every way that it will meet, and proves by content that nothing was lost. */
package io.gatehouse.lab.chaos;
