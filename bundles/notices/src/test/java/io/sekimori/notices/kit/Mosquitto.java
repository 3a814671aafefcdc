package io.sekimori.notices.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Mosquitto on this machine, over TLS as "localhost", for who signs in as "console" with the secret. */
public record Mosquitto(Process process, int port) implements AutoCloseable {

    /** Begins one; it answers. */
    public static Mosquitto begin(Certificates files, int port) throws IOException, InterruptedException {
        Path people = files.folder().resolve("people");
        if (new ProcessBuilder("mosquitto_passwd", "-b", "-c", people.toString(), "console", Certificates.SECRET)
                        .start()
                        .waitFor()
                != 0) {
            throw new IOException("mosquitto_passwd failed");
        }
        Path configuration = Files.writeString(files.folder().resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                certfile %s
                keyfile %s
                allow_anonymous false
                password_file %s
                persistence false
                user root
                """.formatted(
                        port, files.certificate(), files.key(), people));
        Process process = new ProcessBuilder("/usr/sbin/mosquitto", "-v", "-c", configuration.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.contains("running")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("mosquitto ended");
        }
        Thread drain = new Thread(() -> drain(said), "mosquitto-said");
        drain.setDaemon(true);
        drain.start();
        return new Mosquitto(process, port);
    }

    private static void drain(Reader said) {
        try {
            said.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // It was ended.
        }
    }

    /** A port that nobody has now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As a power cut would, and the wait for the end. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
