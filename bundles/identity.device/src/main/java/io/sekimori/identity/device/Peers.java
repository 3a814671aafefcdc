package io.sekimori.identity.device;

import io.sekimori.identity.Enrolled;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/** Who was on the other side of connections lately, as far as the TLS sessions are still there. Stateless. */
final class Peers {

    private Peers() {}

    /** Whether somebody who was trusted answered over an issuing CA that is neither in this gateway's own chain nor known. */
    static boolean overAnother(SSLContext context, Enrolled who, List<X509Certificate> known) {
        SSLSessionContext sessions = context.getClientSessionContext();
        return sessions != null
                && Collections.list(sessions.getIds()).stream()
                        .map(sessions::getSession)
                        .filter(session -> session != null)
                        .flatMap(Peers::chain)
                        .anyMatch(each -> each.getBasicConstraints() >= 0
                                && !known.contains(each)
                                && !who.chain().contains(each)
                                && !who.anchors().contains(each));
    }

    private static Stream<X509Certificate> chain(SSLSession session) {
        try {
            return Stream.of(session.getPeerCertificates()).map((Certificate each) -> (X509Certificate) each);
        } catch (SSLPeerUnverifiedException e) {
            return List.<X509Certificate>of().stream();
        }
    }
}
