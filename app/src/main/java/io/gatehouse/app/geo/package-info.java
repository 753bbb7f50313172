/** Geo tables on disk: opening them, making them from MMDB files, and the commands that do so. */
package io.gatehouse.app.geo;
