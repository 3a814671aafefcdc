package io.sekimori.broker;

import io.sekimori.broker.testkit.BrokerUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The scenario against mosquitto, set up by the files we write for it. */
class MosquittoTest extends BrokerScenario {

    private BrokerUnderTest broker;
    private int port;

    @Override
    void start(Path folder) throws IOException, InterruptedException {
        if (port == 0) {
            port = freePort();
            Files.createDirectories(folder.resolve("data"));
        }
        Files.writeString(folder.resolve("broker.json"), """
                {"port": %d, "key": "key.pem", "chain": "chain.pem", "anchors": "anchors.pem", "crl": "crl.pem"}
                """.formatted(port));
        BrokerUnderTest writing = BrokerUnderTest.ours(
                folder, "mosquitto", "--directory", folder.toString(), "--into", folder.toString());
        if (writing.exitCode() != 0) {
            throw new AssertionError(writing.said());
        }
        Path configuration = folder.resolve("mosquitto.conf");
        if (ProcessHandle.current().info().user().orElse("").equals("root")) {
            // It would else become a user who may not read the files of this test.
            Files.writeString(configuration, Files.readString(configuration) + "user root\n");
        }
        broker = BrokerUnderTest.start(List.of("/usr/sbin/mosquitto", "-v", "-c", configuration.toString()));
        broker.awaitLine("running");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    void stop() throws InterruptedException {
        broker.stop();
    }

    @Override
    void kill() throws InterruptedException {
        broker.kill();
    }

    @Override
    int port() {
        return port;
    }

    /** It acknowledges a message first and then saves it. */
    @Override
    int lostByAKill() {
        return 1;
    }
}
