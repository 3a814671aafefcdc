package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.Standing;
import io.sekimori.web.CallerCertificates;
import io.sekimori.web.ServerTls;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells the HTTPS server who it is, and who its callers are. Thread-safe. */
@Component
public final class WebTrust implements ServerTls, CallerCertificates {

    private final CaAuthority authority;

    /** Called by Declarative Services. */
    @Activate
    public WebTrust(@Reference CaAuthority authority) {
        this.authority = authority;
    }

    @Override
    public SSLContext context() {
        try {
            return authority.server();
        } catch (AuthorityException e) {
            throw new IllegalStateException("the console cannot prove who it is", e);
        }
    }

    @Override
    public Verdict judge(List<X509Certificate> chain) {
        Standing standing = authority.check(chain.get(0));
        if (standing instanceof Standing.Good good) {
            return new Verdict.Known(good.certificate().gatewayId());
        }
        Standing.Refused refused = (Standing.Refused) standing;
        return new Verdict.Refused(refused.code(), refused.detail());
    }
}
