/** The merged view: the statistics of all partitions, whichever instances have them, added up. */
package io.gatehouse.app.view;
