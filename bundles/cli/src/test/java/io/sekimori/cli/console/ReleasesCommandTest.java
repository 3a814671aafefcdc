package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesCommandTest {

    private static final String CHANGED = "{\"changed\":true}";

    @TempDir
    private Path directory;

    /** A console judges a publisher's file by the targets, so these come first. */
    @Test
    void whatPublishersSignedFollowsTheTargets() throws Exception {
        try (ScriptedConsole console = new ScriptedConsole(directory)) {
            Session session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
            console.answering(201, "{\"token\":\"secret-token\",\"name\":\"rita\",\"roles\":[\"RELEASE_MANAGER\"]}");
            session.typing("correct horse battery");
            done(
                    session,
                    "login " + console.address() + " --name rita --password-stdin --fingerprint "
                            + console.fingerprint());
            publish(session);
            console.answering(200, "{\"items\":[]}").answering(200, CHANGED);
            console.answering(200, CHANGED).answering(200, CHANGED).answering(200, CHANGED);

            Session.Result result = session.sekimori("releases import --repository releases");

            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.err()).contains("signed above it");

            assertThat(console.asked().subList(1, console.asked().size()))
                    .satisfiesExactly(
                            asked -> assertThat(asked).startsWith("GET /v1/releases"),
                            asked -> assertThat(asked).startsWith("PUT /v1/releases/files/"),
                            asked -> assertThat(asked)
                                    .startsWith("POST /v1/releases/targets {")
                                    .contains("\"org.acme.*"),
                            asked -> assertThat(asked)
                                    .startsWith("POST /v1/releases/targets/acme {")
                                    .contains("org.acme.pump/1.0.0"),
                            asked -> assertThat(asked)
                                    .startsWith("POST /v1/releases/timestamps {")
                                    .contains("snapshot.json"));
        }
    }

    @Test
    void theDirectorsNewRootsAreBroughtInTheirOrder() throws Exception {
        try (ScriptedConsole console = new ScriptedConsole(directory)) {
            Session session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
            console.answering(201, "{\"token\":\"secret-token\",\"name\":\"rita\",\"roles\":[\"RELEASE_MANAGER\"]}");
            session.typing("correct horse battery");
            done(
                    session,
                    "login " + console.address() + " --name rita --password-stdin --fingerprint "
                            + console.fingerprint());
            done(session, "keys new root director");
            done(session, "director init --director director --root root --targets director");
            for (int root = 2; root <= 3; root++) {
                done(session, "director root --director director");
                done(session, "director sign --director director --key root");
            }
            console.answering(200, "{\"changed\":false}").answering(200, CHANGED);

            Session.Result result = session.sekimori("releases import --director director");

            assertThat(result.out()).contains("The director stands on root 3 at the console now.");
            assertThat(console.asked().subList(1, console.asked().size()))
                    .satisfiesExactly(
                            asked -> assertThat(asked)
                                    .startsWith("POST /v1/director/roots {")
                                    .contains("\"version\":2"),
                            asked -> assertThat(asked)
                                    .startsWith("POST /v1/director/roots {")
                                    .contains("\"version\":3"));
            assertThat(session.sekimori("releases import").exit()).isEqualTo(2);
        }
    }

    private void publish(Session session) throws IOException {
        jar(directory.resolve("pump.jar"));
        done(session, "keys new root targets snapshot timestamp acme");
        done(session, "release init --repository releases");
        done(session, "release delegate --repository releases --role acme --name org.acme.* --key acme");
        done(session, "release add --repository releases --role acme --swap overlap pump.jar");
        done(session, "release sign --repository releases");
    }

    private static void done(Session session, String line) {
        Session.Result result = session.sekimori(line);
        assertThat(result.exit()).as(line + "\n" + result.err()).isZero();
    }

    private static void jar(Path path) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "org.acme.pump", "Bundle-Version", "1.0.0")
                .forEach(manifest.getMainAttributes()::putValue);
        try (OutputStream out = Files.newOutputStream(path);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry("content"));
            jar.write("a pump".getBytes(StandardCharsets.UTF_8));
        }
    }
}
