package io.sekimori.broker;

import io.sekimori.trust.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the credentials of the moment, and reads them anew when one of their files changed. Files that do not fit, as
 * while they are being replaced one after the other, change nothing yet. {@link #look} is confined to one thread; {@link
 * #current} is thread-safe.
 */
final class CertificateWatch {

    private final BrokerSettings settings;
    private final Lines lines;
    private List<Stamp> seen;
    private volatile Credentials current;

    private record Stamp(Path file, FileTime changed, long length) {}

    CertificateWatch(BrokerSettings settings, Lines lines) throws BrokerException {
        this.settings = settings;
        this.lines = lines;
        try {
            this.seen = stamps();
        } catch (IOException e) {
            throw new BrokerException(BrokerCode.CREDENTIALS, e.toString(), e);
        }
        this.current = Credentials.load(settings);
    }

    Credentials current() {
        return current;
    }

    /** Reads the files if they changed; answers whether others are current now. */
    boolean look() {
        try {
            List<Stamp> now = stamps();
            if (now.equals(seen)) {
                return false;
            }
            seen = now;
            current = Credentials.load(settings);
            lines.say("certificates and revocations were read again");
            return true;
        } catch (BrokerException e) {
            lines.advise(e.refusal());
        } catch (IOException e) {
            lines.advise(new Refusal(BrokerCode.CREDENTIALS, e.toString()));
        }
        return false;
    }

    private List<Stamp> stamps() throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : settings.credentials()) {
            stamps.add(new Stamp(file, Files.getLastModifiedTime(file), Files.size(file)));
        }
        return stamps;
    }
}
