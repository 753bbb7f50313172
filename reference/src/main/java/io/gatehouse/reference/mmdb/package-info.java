/** MMDB files, written as the MaxMind DB format's specification describes them: what others read places from. */
package io.gatehouse.reference.mmdb;
