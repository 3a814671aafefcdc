/** The MQTT broker, against mosquitto with the configuration that is written for it. */
@org.jspecify.annotations.NullMarked
package io.sekimori.benchmarks.broker;
