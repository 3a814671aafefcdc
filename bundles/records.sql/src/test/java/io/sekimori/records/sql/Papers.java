package io.sekimori.records.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An authority, and a server's certificate by it, made with openssl.
 *
 * @param folder has {@code ca.crt}, {@code server.crt} and {@code server.key}
 */
record Papers(Path folder) {

    private static final String KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";

    /** For a server of this name, such as {@code IP:127.0.0.1} or {@code DNS:db.example}. */
    static Papers of(Path folder, String name) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("names"), "subjectAltName=" + name + "\n");
        openssl(folder, "req -x509 " + KEY + " -days 2 -subj /CN=authority -keyout ca.key -out ca.crt");
        openssl(folder, "req " + KEY + " -subj /CN=database -keyout server.key -out server.csr");
        openssl(
                folder,
                "x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names"
                        + " -out server.crt");
        return new Papers(folder);
    }

    Path authority() {
        return folder.resolve("ca.crt");
    }

    private static void openssl(Path folder, String words) throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(("openssl " + words).split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (openssl.waitFor() != 0) {
            throw new IOException(said);
        }
    }
}
