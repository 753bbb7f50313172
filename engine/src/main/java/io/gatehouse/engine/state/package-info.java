/** The journal: what is remembered of users, packed into records of the state topic, one small batch of them a commit. */
package io.gatehouse.engine.state;
