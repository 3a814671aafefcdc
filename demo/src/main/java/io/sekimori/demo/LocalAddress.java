package io.sekimori.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the page of a gateway is that people beside it use. Stateless. */
final class LocalAddress {

    private static final String CONFIGURED = "data/io.sekimori.config.admin/pids/io.sekimori.web.jetty/0000000001.json";
    private static final Pattern PORT = Pattern.compile("\"port\"[^0-9]*?([0-9]{4,5})");

    private LocalAddress() {}

    static String of(Path unit) throws IOException {
        Path configured = unit.resolve(CONFIGURED);
        Matcher port = PORT.matcher(Files.readString(configured));
        if (!port.find()) {
            throw new IOException(configured + " names no port");
        }
        return "https://127.0.0.1:" + port.group(1);
    }
}
