package io.sekimori.link;

/** Takes messages from the broker. Called from one thread; may wait, which holds the broker back. */
interface Receiver {

    /**
     * Takes a message.
     *
     * @param done to be run once the message is on disk or was refused for good; the broker keeps it until then
     */
    void received(String topic, byte[] message, Runnable done);
}
