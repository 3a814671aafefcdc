package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.Shell;
import io.sekimori.trust.Pack;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpHeaders;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekimori gateways pack}: what a gateway is to run, in one file for a stick. */
@Command(name = "pack")
public final class GatewayPack implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "ID", descriptionKey = "gateways.id")
    private String id;

    @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "gateways.pack.out")
    private Path out;

    /** The command in this shell. */
    public GatewayPack(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        Path file = shell.resolve(out);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        ConsoleClient console = ConsoleClient.signedIn(shell);
        boolean whole = false;
        HttpHeaders said;
        try {
            try (OutputStream to = Files.newOutputStream(part)) {
                said = console.download("/v1/gateways/" + id + "/pack", to, this::show);
            }
            Pack.open(part).close(); // of a file that was cut off on its way, its end is missing
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING); // not every stick can do it in one step
            whole = true;
        } finally {
            shell.progress("");
            if (!whole) {
                Files.deleteIfExists(part);
            }
        }
        return say(said, file);
    }

    private void show(long done, HttpHeaders said) {
        long all = said.firstValueAsLong("Sekimori-File-Bytes").orElse(0);
        shell.progress((done >> 20) + "/" + Math.max(all, done) / (1 << 20) + " MiB");
    }

    private int say(HttpHeaders said, Path file) throws IOException {
        String version = said.firstValue("Sekimori-Assignment").orElse("");
        String expires = said.firstValue("Sekimori-Expires").orElse("");
        if (json.wanted()) {
            shell.json(Map.of("id", id, "file", file.toString(), "assignment", version, "expires", expires));
        } else {
            shell.tell("gateways.packed", file, id, version, Files.size(file), expires);
        }
        return ExitCode.OK.number();
    }
}
