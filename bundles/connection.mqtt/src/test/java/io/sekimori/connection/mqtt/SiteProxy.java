package io.sekimori.connection.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that answers what the test says, and leads wherever the test says, whoever is asked for. */
final class SiteProxy implements AutoCloseable {

    static final String OPEN = "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n";

    final List<String> heads = new CopyOnWriteArrayList<>();
    private final String answer;
    private final int target;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    SiteProxy(String answer, int target) throws IOException {
        this.answer = answer;
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                sockets.add(near);
                start(() -> serve(near));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private void serve(Socket near) {
        try (Socket far = new Socket()) {
            heads.add(head(near.getInputStream()));
            near.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            if (answer.equals(OPEN)) {
                far.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                sockets.add(far);
                start(() -> pump(far, near));
                pump(near, far);
            }
        } catch (IOException e) {
            // One end has gone.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.read());
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One end has gone; closing the streams ends the other.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "test-site-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
