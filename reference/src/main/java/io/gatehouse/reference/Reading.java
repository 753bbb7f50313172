package io.gatehouse.reference;

/** What a record's bytes turn out to be: a login, or a fault. */
sealed interface Reading permits LoginEvent, Verdict.Refused {}
