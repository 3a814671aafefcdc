package io.sekimori.broker;

import io.sekimori.broker.testkit.BrokerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The scenario against our broker. */
class OurBrokerTest extends BrokerScenario {

    private BrokerUnderTest broker;
    private int port;

    @Override
    void start(Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("broker.json"), """
                {"port": %d, "key": "key.pem", "chain": "chain.pem", "anchors": "anchors.pem", "crl": "crl.pem"}
                """.formatted(port));
        broker = BrokerUnderTest.ours(folder);
        port = broker.awaitReady();
    }

    @Override
    void stop() throws InterruptedException {
        if (broker.stop() != 0) {
            throw new AssertionError(broker.said());
        }
    }

    @Override
    void kill() throws InterruptedException {
        broker.kill();
    }

    @Override
    int port() {
        return port;
    }

    @Override
    int lostByAKill() {
        return 0;
    }
}
