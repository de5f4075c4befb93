package io.sluice.dtls.internal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.asn1.ASN1Integer;

/**
 * The certificate that peers know by its fingerprint: P-256, made anew for each process, signed by itself (RFC 8827 section 6.5 wants no more). It began a day ago, for peers
 * whose clocks are late.
 */
record OwnCertificate(byte[] encoded, PrivateKey key) {
    private static final Duration LATE_CLOCKS = Duration.ofDays(1);
    private static final Duration LIFE = Duration.ofDays(3650);

    static OwnCertificate make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new OwnCertificate(certificate(pair), pair.getPrivate());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a certificate for DTLS cannot be made", e);
        }
    }

    private static byte[] certificate(KeyPair pair) throws GeneralSecurityException, IOException {
        AlgorithmIdentifier ecdsa = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        X500Name name = new X500Name("CN=sluice");
        Instant now = Instant.now();
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(now.toEpochMilli())));
        generator.setSignature(ecdsa);
        generator.setIssuer(name);
        generator.setSubject(name);
        generator.setStartDate(new Time(Date.from(now.minus(LATE_CLOCKS))));
        generator.setEndDate(new Time(Date.from(now.plus(LIFE))));
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        TBSCertificate body = generator.generateTBSCertificate();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(body.getEncoded());
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(body);
        parts.add(ecdsa);
        parts.add(new DERBitString(signature.sign()));
        return new DERSequence(parts).getEncoded();
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return "certificate " + Fingerprint.of(encoded);
    }
}
