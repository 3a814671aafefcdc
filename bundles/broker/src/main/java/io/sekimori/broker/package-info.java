/**
 * The MQTT broker between gateways and console: Artemis in a process of its own, reached by TLS 1.3 with client
 * certificates alone, and the same rights written down for mosquitto.
 */
@NullMarked
package io.sekimori.broker;

import org.jspecify.annotations.NullMarked;
