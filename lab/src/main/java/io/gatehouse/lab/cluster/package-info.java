/** Three Kafka brokers in processes of their own, with all that may befall them: what the fault lab breaks. */
package io.gatehouse.lab.cluster;
