package io.sekimori.identity.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real proxy of Debian's, which demands a name and a password. */
public final class Tinyproxy implements AutoCloseable {

    private final Path log;
    private final int port;
    private final Process process;

    /** Starts it and waits until it answers; its files lie in the folder. */
    public Tinyproxy(Path folder, String name, String password) throws IOException {
        this.log = folder.resolve("proxy.log");
        this.port = freePort();
        Path conf = folder.resolve("proxy.conf");
        Files.write(
                conf,
                List.of(
                        "Port " + port,
                        "Listen 127.0.0.1",
                        "Allow 127.0.0.1",
                        "BasicAuth " + name + " " + password,
                        "LogFile \"" + log + "\"",
                        "LogLevel Connect",
                        "MaxClients 20"));
        this.process = new ProcessBuilder("tinyproxy", "-d", "-c", conf.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long start = System.nanoTime();
        while (!answers()) {
            if (ended() || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
                process.destroy();
                throw new IOException("the proxy does not come up");
            }
        }
    }

    /** Where it listens, on loopback. */
    public int port() {
        return port;
    }

    /** What it has noted of those who came. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Whether it ended within a moment. */
    private boolean ended() throws IOException {
        try {
            return process.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the proxy comes up", e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
