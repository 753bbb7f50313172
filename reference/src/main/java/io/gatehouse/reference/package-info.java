/** The contract written down plainly: slow, obvious, and sharing no class with the core. */
package io.gatehouse.reference;
