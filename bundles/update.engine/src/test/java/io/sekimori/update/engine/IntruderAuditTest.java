package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.Lab;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class IntruderAuditTest {

    @TempDir
    private Path work;

    @Test
    void aBundleInstalledAroundTheEngineIsInTheAuditAndChangesNothing() throws Exception {
        Lab lab = new Lab(work);
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path intruder = TestBundle.of("lab.intruder", "1.0.0").write(work.resolve("intruder"));

        Bundle installed = lab.context().installBundle(intruder.toUri().toString(), Files.newInputStream(intruder));

        lab.awaitNote("audit REFUSED UNADMITTED_BUNDLE by io.sekimori.update.engine");
        assertThat(installed.getState()).isEqualTo(Bundle.INSTALLED);
        assertThat(lab.ask("generation")).isEqualTo("1");
        lab.close();
    }
}
