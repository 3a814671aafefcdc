/** The connection over MQTT 3.1.1 and TLS 1.3. */
@NullMarked
package io.sekimori.connection.mqtt;

import org.jspecify.annotations.NullMarked;
