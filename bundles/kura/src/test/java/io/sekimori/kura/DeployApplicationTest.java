package io.sekimori.kura;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.update.Phase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replies as they go out, byte by byte. */
class DeployApplicationTest {

    private final RunningGateway gateway = new RunningGateway();
    private DeployApplication application;

    @BeforeEach
    void anApplication() {
        application = new DeployApplication(gateway.context(), gateway.admission(), gateway.started());
        application.update = gateway.update();
    }

    @Test
    void bundlesAreListedAsKuraListsThem() {
        assertThat(text(ask(Method.GET, "bundles")))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><bundles>"
                        + "<bundle><name>org.apache.felix.framework</name><version>7.0.5</version>"
                        + "<id>0</id><state>ACTIVE</state></bundle>"
                        + "<bundle><name>io.sekimori.&lt;&amp;&gt;</name><version>1.2.3.q</version>"
                        + "<id>1</id><state>RESOLVED</state></bundle>"
                        + "<bundle><name>io.sekimori.audit.chain</name><version>0.1.0</version>"
                        + "<id>2</id><state>ACTIVE</state></bundle>"
                        + "<bundle><name>org.evil</name><version>6.6.6</version>"
                        + "<id>17</id><state>INSTALLED</state></bundle>"
                        + "</bundles>");
    }

    @Test
    void theGenerationIsTheOnePackage() {
        assertThat(text(ask(Method.GET, "packages")))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><packages><package>"
                        + "<name>sekimori.generation</name><version>12</version><bundles>"
                        + "<bundle><name>io.sekimori.&lt;&amp;&gt;</name><version>1.2.3.q</version></bundle>"
                        + "<bundle><name>io.sekimori.audit.chain</name><version>0.1.0</version></bundle>"
                        + "</bundles></package></packages>");
    }

    @Test
    void withoutAnEngineItIsTheGenerationOfTheStart() {
        gateway.generationUnknown();
        assertThat(text(ask(Method.GET, "packages"))).contains("<version>11</version>");

        application.update = null;
        assertThat(text(ask(Method.GET, "packages"))).contains("<version>11</version>");
        assertThat(ask(Method.GET, "install").metrics()).containsEntry("dp.install.status", "IDLE");
    }

    @Test
    void whatIsUnderWayIsADownloadAndThenAnInstallation() {
        assertThat(ask(Method.GET, "download").metrics())
                .isEqualTo(Map.of(
                        "dp.download.size", 0, "dp.download.progress", 100, "dp.download.status", "ALREADY DONE"));
        assertThat(ask(Method.GET, "install").metrics()).isEqualTo(Map.of("dp.install.status", "IDLE"));

        gateway.transition(Phase.STAGE);
        assertThat(ask(Method.GET, "download").metrics())
                .isEqualTo(
                        Map.of("dp.download.size", 0, "dp.download.progress", 0, "dp.download.status", "IN_PROGRESS"));
        assertThat(ask(Method.GET, "install").metrics()).isEqualTo(Map.of("dp.install.status", "IDLE"));

        gateway.transition(Phase.PROBATION);
        assertThat(ask(Method.GET, "download").metrics()).containsEntry("dp.download.status", "ALREADY DONE");
        assertThat(ask(Method.GET, "install").metrics())
                .isEqualTo(Map.of(
                        "dp.install.status", "IN_PROGRESS", "dp.name", "sekimori.generation", "dp.version", "13"));
    }

    @Test
    void nothingIsChangedFromAfarAndNoBundleIsStopped() {
        for (String path : List.of("download", "install", "uninstall", "start/2", "stop/2", "stop/0")) {
            assertRefused(403, "MANDATE_REQUIRED", ask(Method.EXEC, path));
        }
        assertRefused(403, "MANDATE_REQUIRED", ask(Method.DEL, "download"));
    }

    @Test
    void whatKuraDoesNotHaveIsNotThere() {
        assertRefused(404, "RESOURCE_UNKNOWN", ask(Method.GET, "secrets"));
        assertRefused(404, "RESOURCE_UNKNOWN", ask(Method.GET, "bundles/2"));
        assertRefused(404, "RESOURCE_UNKNOWN", ask(Method.EXEC, "reboot"));
        assertRefused(404, "RESOURCE_UNKNOWN", ask(Method.PUT, "bundles"));
        assertRefused(404, "RESOURCE_UNKNOWN", ask(Method.POST, "download"));
    }

    private static void assertRefused(int code, String reason, Reply reply) {
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.metrics()).containsEntry(Reply.REASON, reason).containsKey(Reply.MESSAGE);
        assertThat(reply.body()).isEmpty();
    }

    private Reply ask(Method method, String path) {
        return application.handle(
                new Request(method, List.of(path.split("/")), Map.of(), new byte[0], "console-1", "1"));
    }

    private static String text(Reply reply) {
        assertThat(reply.code()).isEqualTo(200);
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
