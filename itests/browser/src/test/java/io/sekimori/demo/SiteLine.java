package io.sekimori.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The only way from a site to the world: Debian's tinyproxy, which is there or is not. Confined to one thread. */
final class SiteLine {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path conf;
    private final int port;
    private @Nullable Process proxy;

    SiteLine(Path folder) throws IOException {
        this.port = ConsoleProcess.free(0);
        this.conf = folder.resolve("line.conf");
        Files.write(
                conf,
                List.of(
                        "Port " + port,
                        "Listen 127.0.0.1",
                        "Allow 127.0.0.1",
                        "LogFile \"" + folder.resolve("line.log") + "\"",
                        "MaxClients 50"));
    }

    int port() {
        return port;
    }

    /** It is there, if it was not. */
    void join() throws IOException {
        if (proxy != null) {
            return;
        }
        Process begun = new ProcessBuilder("tinyproxy", "-d", "-c", conf.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        proxy = begun;
        try {
            Waiting.until("the line is there", PATIENCE, () -> begun.isAlive() && answers());
        } catch (Broken e) {
            throw new IOException(e);
        }
    }

    /** It is gone, with all that went over it. */
    void cut() throws IOException {
        if (proxy == null) {
            return;
        }
        proxy.destroyForcibly();
        try {
            if (!proxy.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the line cannot be cut");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        proxy = null;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
