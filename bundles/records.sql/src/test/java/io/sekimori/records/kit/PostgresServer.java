package io.sekimori.records.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL server from Debian's package, on the loopback interface, with data in a folder that goes with it. It ends
 * with the process that started it, however that ends. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

    /** The user whose password {@link #passwordFile} writes. */
    public static final String USER = "sekimori";

    private static final String PASSWORD =
            "only for this test " + ProcessHandle.current().pid();
    private static final long MOST_SECONDS = 60;

    private final Path folder;
    private final Process process;
    private final String address;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(Path folder, Process process, String address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    /** Starts one and waits until it answers. */
    public static PostgresServer start() {
        return start(freePort());
    }

    /** As above, at that port. */
    public static PostgresServer start(int port) {
        return start(port, Optional.empty());
    }

    /** As above, with TLS by {@code server.crt} and {@code server.key} in that folder. */
    public static PostgresServer startWithTls(Path papers) {
        return start(freePort(), Optional.of(papers));
    }

    private static PostgresServer start(int port, Optional<Path> papers) {
        try {
            Path folder = Files.createTempDirectory(Path.of("/tmp"), "sekimori-postgres");
            String tls = papers.isPresent() ? tls(papers.get(), folder) : "";
            Path data = folder.resolve("data");
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            List<String> user = serverUser(folder);
            run(line(
                    user,
                    program("initdb"),
                    "-D",
                    data.toString(),
                    "-U",
                    USER,
                    "--pwfile",
                    password.toString(),
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--no-locale",
                    "--no-sync"));
            // The shell waits on a pipe from here: when this process ends, so does the pipe, and then the server.
            String server = program("postgres") + " -D " + data + " -p " + port
                    + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=100"
                    + " -c shared_buffers=16MB -c logging_collector=off" + tls + " >" + folder + "/log 2>&1";
            Process process = new ProcessBuilder(
                            line(user, "sh", "-c", server + " & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .directory(folder.toFile())
                    .start();
            PostgresServer started = new PostgresServer(folder, process, "jdbc:postgresql://127.0.0.1:" + port + "/");
            started.awaitAnswer();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The options for it: the server wants its key where nobody else reads it. */
    private static String tls(Path papers, Path folder) throws IOException {
        Path certificate = Files.copy(papers.resolve("server.crt"), folder.resolve("server.crt"));
        Path key = Files.copy(papers.resolve("server.key"), folder.resolve("server.key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return " -c ssl=on -c ssl_cert_file=" + certificate + " -c ssl_key_file=" + key;
    }

    /** Makes an empty database and answers its address. */
    public String newDatabase() {
        String name = "test" + databases.incrementAndGet();
        execute("create database " + name);
        return address + name;
    }

    /** Writes the password of {@link #USER} into a file that its owner alone can read. */
    public void passwordFile(Path file) {
        try {
            Files.writeString(file, PASSWORD);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a statement beside the consoles. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(address + "postgres", USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void awaitAnswer() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (true) {
            try (Connection connection = DriverManager.getConnection(address + "postgres", USER, PASSWORD)) {
                connection.isValid(1);
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IllegalStateException(
                            "PostgreSQL does not answer: " + Files.readString(folder.resolve("log")), e);
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /**
     * What a command begins with to run as somebody else than root, whom PostgreSQL refuses: nobody in particular in a
     * user namespace, or where there are none the user of Debian's package, to whom the folder is then given.
     */
    private static List<String> serverUser(Path folder) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        List<String> namespace = List.of("unshare", "--user", "--map-user=1000", "--map-group=1000", "--");
        try {
            run(line(namespace, "true"));
            return namespace;
        } catch (IOException e) {
            run(List.of("chmod", "0755", folder.toString()));
            run(List.of("chown", "-R", "postgres", folder.toString()));
            return List.of("setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", "--");
        }
    }

    private static List<String> line(List<String> user, String... command) {
        List<String> line = new ArrayList<>(user);
        line.addAll(List.of(command));
        return line;
    }

    /** The newest one installed: Debian keeps the server's programs out of the path. */
    private static String program(String name) throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.list(versions)) {
                return found.map(version -> version.resolve("bin").resolve(name))
                        .filter(Files::isExecutable)
                        .max(Comparator.comparing(Path::toString))
                        .map(Path::toString)
                        .orElseThrow(() -> new IllegalStateException("install the package postgresql"));
            }
        }
        throw new IllegalStateException("install the package postgresql");
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(Path.of("/tmp").toFile())
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
