package io.sekimori.itests.enrolment;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Unit;
import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.Enrolment;
import io.sekimori.identity.Identity;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.file.KeyFiles;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.BundleException;

/** A gateway as the factory leaves it, that can be ended and started again. */
final class TestGateway implements AutoCloseable {

    private static final byte[] ROOT = "the maker's root.json".getBytes(StandardCharsets.UTF_8);

    final Unit unit;
    private Site site;

    TestGateway(Path folder) throws IOException, KeyException, BundleException {
        this.unit = new Unit(folder);
        Files.createDirectories(unit.trust());
        Files.write(unit.releaseAnchor(), ROOT);
        Files.write(unit.nameplate(), new Nameplate("M-1", "0001").bytes());
        new KeyFiles(unit.data("io.sekimori.keys.file")).create(Keys.DEVICE, KeyAlgorithm.EC_P256);
        start();
    }

    /** The hash that a console has to name. */
    static String rootSha256() {
        return Sha256.hex(ROOT);
    }

    void start() throws BundleException {
        // What fails at a start, such as for want of the service that keeps keys, is tried again soon.
        site = new Site(
                unit.directory(),
                Site.GATEWAY,
                Map.of("io.sekimori.identity.device", Map.of("pause.least.seconds", 1, "pause.longest.seconds", 1)));
    }

    EnrolAnswer enrol(byte[] activation) {
        return site.service(Enrolment.class).enrol(activation, "local:test");
    }

    /** Renews the certificate now. */
    ControlAnswer renew() {
        return site.service(ControlOperation.class, "(" + ControlOperation.NAME + "=identity.renew)")
                .answer(Map.of(), "test");
    }

    Identity identity() {
        return site.service(Identity.class);
    }

    @Override
    public void close() throws BundleException {
        site.close();
    }
}
