/** What Gatehouse is told: keys, where their values come from, and every mistake in them at once. */
package io.gatehouse.app.config;
