/** Decoding a record's bytes into a login, or into the one reason why it is none; encoding the verdict. */
package io.gatehouse.core.login;
