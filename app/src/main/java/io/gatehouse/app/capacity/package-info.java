/** {@code gatehouse capacity}: what a rate of logins needs, reckoned from what was measured. */
package io.gatehouse.app.capacity;
