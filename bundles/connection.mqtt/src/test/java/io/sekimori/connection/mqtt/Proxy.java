package io.sekimori.connection.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A network that can go silent: what is sent is then neither delivered nor refused, as behind a dead modem. */
final class Proxy implements AutoCloseable {

    private final int target;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private boolean silent;

    Proxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI address() {
        return URI.create("ssl://127.0.0.1:" + server.getLocalPort());
    }

    /** How many connections there were. */
    int accepted() {
        return accepted.get();
    }

    void silent(boolean now) {
        lock.lock();
        try {
            silent = now;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all connections without a word of the protocol. */
    void cut() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        silent(false);
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                accepted.incrementAndGet();
                sockets.add(near);
                join(near);
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private void join(Socket near) throws IOException {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            start(() -> pump(near, far));
            start(() -> pump(far, near));
        } catch (IOException e) {
            near.close(); // nobody listens behind it
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int count = in.read(buffer);
            while (count >= 0) {
                awaitSound();
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
        } catch (IOException | InterruptedException e) {
            // One end has gone; closing the streams ends the other.
        }
    }

    private void awaitSound() throws InterruptedException {
        lock.lock();
        try {
            while (silent) {
                change.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
