package io.sekimori.kura;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replies as they go out, byte by byte. */
class InventoryApplicationTest {

    private static final String FRAMEWORK =
            "{\"name\":\"org.apache.felix.framework\",\"version\":\"7.0.5\",\"id\":0,\"state\":\"ACTIVE\",\"signed\":true}";
    private static final String ODD =
            "{\"name\":\"io.sekimori.<&>\",\"version\":\"1.2.3.q\",\"id\":1,\"state\":\"RESOLVED\",\"signed\":true}";
    private static final String AUDIT =
            "{\"name\":\"io.sekimori.audit.chain\",\"version\":\"0.1.0\",\"id\":2,\"state\":\"ACTIVE\",\"signed\":true}";
    private static final String EVIL =
            "{\"name\":\"org.evil\",\"version\":\"6.6.6\",\"id\":17,\"state\":\"INSTALLED\",\"signed\":false}";

    @TempDir
    Path folder;

    private final RunningGateway gateway = new RunningGateway();
    private Path status;
    private InventoryApplication application;

    @BeforeEach
    void anApplication() {
        status = folder.resolve("status");
        application = new InventoryApplication(
                gateway.context(),
                gateway.admission(),
                gateway.started(),
                new DebianPackages(status),
                RunningGateway.silence());
        application.update = gateway.update();
    }

    @Test
    void bundlesAreSignedIfTheLauncherSaysSo() {
        assertThat(text("bundles"))
                .isEqualTo("{\"bundles\":[" + FRAMEWORK + "," + ODD + "," + AUDIT + "," + EVIL + "]}");
    }

    @Test
    void theGenerationIsTheOnePackageAndHasWhatIsSignedAlone() {
        assertThat(text("deploymentPackages"))
                .isEqualTo("{\"deploymentPackages\":[{\"name\":\"sekimori.generation\",\"version\":\"12\","
                        + "\"signed\":true,\"bundles\":[" + ODD + "," + AUDIT + "]}]}");
    }

    @Test
    void packagesOfTheSystemAreThoseThatAreInstalled() throws Exception {
        Files.writeString(status, """
                Package: libc6
                Status: install ok installed
                Version: 2.36-9+deb12u10
                Description: GNU C Library
                 Package: of a description

                Package: gone
                Status: deinstall ok config-files
                Version: 1

                Package: held
                Version: 2:1.0~rc1
                Status: hold ok installed
                """);

        assertThat(text("systemPackages"))
                .isEqualTo("{\"systemPackages\":["
                        + "{\"name\":\"libc6\",\"version\":\"2.36-9+deb12u10\",\"type\":\"DEB\"},"
                        + "{\"name\":\"held\",\"version\":\"2:1.0~rc1\",\"type\":\"DEB\"}]}");
        assertThat(text("inventory"))
                .isEqualTo("{\"inventory\":["
                        + "{\"name\":\"sekimori.generation\",\"version\":\"12\",\"type\":\"DP\"},"
                        + "{\"name\":\"org.apache.felix.framework\",\"version\":\"7.0.5\",\"type\":\"BUNDLE\"},"
                        + "{\"name\":\"io.sekimori.<&>\",\"version\":\"1.2.3.q\",\"type\":\"BUNDLE\"},"
                        + "{\"name\":\"io.sekimori.audit.chain\",\"version\":\"0.1.0\",\"type\":\"BUNDLE\"},"
                        + "{\"name\":\"org.evil\",\"version\":\"6.6.6\",\"type\":\"BUNDLE\"},"
                        + "{\"name\":\"libc6\",\"version\":\"2.36-9+deb12u10\",\"type\":\"DEB\"},"
                        + "{\"name\":\"held\",\"version\":\"2:1.0~rc1\",\"type\":\"DEB\"}]}");
    }

    @Test
    void aSystemWithoutDebianPackagesHasNone() {
        assertThat(text("systemPackages")).isEqualTo("{\"systemPackages\":[]}");
    }

    @Test
    void whatIsThereAndCannotBeReadIsAnError() throws Exception {
        Files.createDirectory(status);

        Reply reply = ask(Method.GET, "systemPackages");

        assertThat(reply.code()).isEqualTo(500);
        assertThat(reply.metrics()).containsEntry(Reply.REASON, "RESOURCE_UNREADABLE");
    }

    @Test
    void nothingIsChangedFromAfar() {
        for (String path : List.of("bundles/_start", "bundles/_stop", "containers/_start", "containers/_stop")) {
            assertThat(ask(Method.EXEC, path).code()).as(path).isEqualTo(403);
        }
        assertThat(ask(Method.DEL, "images/_delete").metrics()).containsEntry(Reply.REASON, "MANDATE_REQUIRED");
    }

    @Test
    void containersAreNotLookedAfter() {
        assertThat(ask(Method.GET, "containers").code()).isEqualTo(404);
        assertThat(ask(Method.GET, "images").code()).isEqualTo(404);
        assertThat(ask(Method.POST, "bundles").code()).isEqualTo(404);
    }

    private Reply ask(Method method, String path) {
        return application.handle(
                new Request(method, List.of(path.split("/")), Map.of(), new byte[0], "console-1", "1"));
    }

    private String text(String path) {
        Reply reply = ask(Method.GET, path);
        assertThat(reply.code()).isEqualTo(200);
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
