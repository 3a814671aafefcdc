package io.sekimori.link;

/** What the parts of this bundle need of the connection. */
interface Wire {

    /** Whether there is a session just now. */
    boolean connected();

    /** Publishes with QoS 1, without waiting; false if it could not be handed over. */
    boolean publish(String topic, byte[] message);
}
