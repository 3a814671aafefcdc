package io.sekimori.connection.mqtt;

/** Where replies go out. */
interface Wire {

    /** Sends once, without keeping it; false if there is no connection. Never waits for the network. */
    boolean publish(String topic, byte[] message);
}
