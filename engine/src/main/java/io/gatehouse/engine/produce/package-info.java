/** The transactional producer of a worker: whole batches, made where the records are, and one transaction after another. */
package io.gatehouse.engine.produce;
