/** {@code gatehouse lag} and {@code gatehouse status}: a running group, looked at from outside, once or again and again. */
package io.gatehouse.app.watch;
