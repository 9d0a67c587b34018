/* Certificates and files around them, in base64, made with the openssl command line; their keys were thrown away.
 *
 *   LEAF    serial F3A1..., of "Example Shop", issued by "C=XX, O=Example Trust, CN=Example TLS CA 1" whose key
 * identifier is C367B7DC059CC4909F5DE221703C816218321AF8; CRL at crl.ca.example, OCSP at ocsp.ca.example, issuer at
 *           pki.ca.example; policies 2.23.140.1.2.1 and 1.3.6.1.4.1.99999.1.7
 *   ISSUER  the certificate of that issuer
 *   BARE    self-made, without extensions that tell; its name is "O=Example Trust"
 *   WIDE    the same, its name is "CN=Beispiel \xC3\x9Cbertrust" as a BMPString
 *   CHAIN   LEAF and ISSUER as PKCS #7 without a signer (openssl crl2pkcs7)
 *   SIGNED  the detached S/MIME signature of a customer whose certificate is of that issuer, too
 *   STORE   LEAF and its key, PKCS #12, not encrypted */
#ifndef CPR_TEST_JUDGE_OWN_SAMPLES_H
#define CPR_TEST_JUDGE_OWN_SAMPLES_H

static const char LEAF[] = "MIICkzCCAjmgAwIBAgIRAPOhssPU5fYHGCk6S1xtfo8wCgYIKoZIzj0EAwIwQDELMAkGA1UEBhMC\n"
                           "WFgxFjAUBgNVBAoMDUV4YW1wbGUgVHJ1c3QxGTAXBgNVBAMMEEV4YW1wbGUgVExTIENBIDEwHhcN\n"
                           "MjYxMTIyMTk1NDU5WhcNMjcxMjI1MTk1NDU5WjAxMRUwEwYDVQQKDAxFeGFtcGxlIFNob3AxGDAW\n"
                           "BgNVBAMMD3d3dy5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOlCn32R3/+n\n"
                           "fSbrv2atHgZ6+5BKAr64HlHFM5nqvVOu3xdQTLyLiwucAgQfeiHcfT1msN4IO2daIgxCgQ3BkQ+j\n"
                           "ggEhMIIBHTAdBgNVHQ4EFgQUrpUAIuxxtpJiXJtU3WZGtq0LBAcwHwYDVR0jBBgwFoAUw2e33AWc\n"
                           "xJCfXeIhcDyBYhgyGvgwJwYDVR0RBCAwHoIPd3d3LmV4YW1wbGUuY29tggtleGFtcGxlLmNvbTAv\n"
                           "BgNVHR8EKDAmMCSgIqAghh5odHRwOi8vY3JsLmNhLmV4YW1wbGUvdGxzMS5jcmwwXgYIKwYBBQUH\n"
                           "AQEEUjBQMCIGCCsGAQUFBzABhhZodHRwOi8vb2NzcC5jYS5leGFtcGxlMCoGCCsGAQUFBzAChh5o\n"
                           "dHRwOi8vcGtpLmNhLmV4YW1wbGUvdGxzMS5jZXIwIQYDVR0gBBowGDAIBgZngQwBAgEwDAYKKwYB\n"
                           "BAGGjR8BBzAKBggqhkjOPQQDAgNIADBFAiEAyy4soO6Em1hWbpfi/JJfoH2UfqH7U9QWEwaZFnM1\n"
                           "ef4CIED/oBTiaqIri5QLn4DkyAhb34L4FX/TmPRJ0+seyXSZ\n";

static const char ISSUER[] = "MIIBsDCCAVegAwIBAgIBATAKBggqhkjOPQQDAjBAMQswCQYDVQQGEwJYWDEWMBQGA1UECgwNRXhh\n"
                             "bXBsZSBUcnVzdDEZMBcGA1UEAwwQRXhhbXBsZSBUTFMgQ0EgMTAeFw0yNjExMjIxOTU0NTlaFw00\n"
                             "NjExMTcxOTU0NTlaMEAxCzAJBgNVBAYTAlhYMRYwFAYDVQQKDA1FeGFtcGxlIFRydXN0MRkwFwYD\n"
                             "VQQDDBBFeGFtcGxlIFRMUyBDQSAxMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEG0iQr4F0392V\n"
                             "iTwJa1JbGd0x2kj9CxxsWSs/OvAhLGvevT44Lea2ru9Z0gLYkkrdO62+ghgOMxmL56Qo+VnmbKNC\n"
                             "MEAwHQYDVR0OBBYEFMNnt9wFnMSQn13iIXA8gWIYMhr4MA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0P\n"
                             "AQH/BAQDAgEGMAoGCCqGSM49BAMCA0cAMEQCIEFbIOlJWCAZjkdBbXPdP+uexgCHTTZGH9FR8ZC/\n"
                             "JfQyAiBWSxcTMmZeYQa0yPCDQWUUGNUM3UpUnCo15mXNnG7UVQ==\n";

static const char BARE[] = "MIIBSjCB8aADAgECAgF3MAoGCCqGSM49BAMCMBgxFjAUBgNVBAoMDUV4YW1wbGUgVHJ1c3QwHhcN\n"
                           "MjYxMTIyMTk1NDU5WhcNMjcxMjI1MTk1NDU5WjAYMRYwFAYDVQQKDA1FeGFtcGxlIFRydXN0MFkw\n"
                           "EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEQU7Qt+HrkCOBzgeCA8w95r6ycLpx0SRNp14A4TmzDHC\n"
                           "2Bfrxk7OS6l41mcct/hDhBsK1GpGOieQ+EsRadPD56MsMCowCQYDVR0TBAIwADAdBgNVHQ4EFgQU\n"
                           "OEmSPK4IF2BhX4pOSYtj5EcJgXYwCgYIKoZIzj0EAwIDSAAwRQIhAKsivV03Xp4QAZDJ8y9E3O4f\n"
                           "JNO5c5XzIbEBo4myo6/sAiBQDBh3kqxXU8Ah0X1PbGBK6S6wYu548mo4WHGO6IwGhQ==\n";

static const char WIDE[] = "MIIBeTCCAR+gAwIBAgIBeDAKBggqhkjOPQQDAjAvMS0wKwYDVQQDHiQAQgBlAGkAcwBwAGkAZQBs\n"
                           "ACAA3ABiAGUAcgB0AHIAdQBzAHQwHhcNMjYxMTIyMTk1NDU5WhcNMjcxMjI1MTk1NDU5WjAvMS0w\n"
                           "KwYDVQQDHiQAQgBlAGkAcwBwAGkAZQBsACAA3ABiAGUAcgB0AHIAdQBzAHQwWTATBgcqhkjOPQIB\n"
                           "BggqhkjOPQMBBwNCAAQRBTtC34euQI4HOB4IDzD3mvrJwunHRJE2nXgDhObMMcLYF+vGTs5LqXjW\n"
                           "Zxy3+EOEGwrUakY6J5D4SxFp08PnoywwKjAJBgNVHRMEAjAAMB0GA1UdDgQWBBQ4SZI8rggXYGFf\n"
                           "ik5Ji2PkRwmBdjAKBggqhkjOPQQDAgNIADBFAiAkhcazgY/wNK6WwHJ2/w3hugIbqqdS7tCqXsEf\n"
                           "RB3kUQIhANX17bg0rhK1xMc97HuuyhjqUN/+2mlueJ4Fq/bUFhiH\n";

static const char CHAIN[] = "MIIEdgYJKoZIhvcNAQcCoIIEZzCCBGMCAQExADALBgkqhkiG9w0BBwGgggRLMIICkzCCAjmgAwIB\n"
                            "AgIRAPOhssPU5fYHGCk6S1xtfo8wCgYIKoZIzj0EAwIwQDELMAkGA1UEBhMCWFgxFjAUBgNVBAoM\n"
                            "DUV4YW1wbGUgVHJ1c3QxGTAXBgNVBAMMEEV4YW1wbGUgVExTIENBIDEwHhcNMjYxMTIyMTk1NDU5\n"
                            "WhcNMjcxMjI1MTk1NDU5WjAxMRUwEwYDVQQKDAxFeGFtcGxlIFNob3AxGDAWBgNVBAMMD3d3dy5l\n"
                            "eGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOlCn32R3/+nfSbrv2atHgZ6+5BK\n"
                            "Ar64HlHFM5nqvVOu3xdQTLyLiwucAgQfeiHcfT1msN4IO2daIgxCgQ3BkQ+jggEhMIIBHTAdBgNV\n"
                            "HQ4EFgQUrpUAIuxxtpJiXJtU3WZGtq0LBAcwHwYDVR0jBBgwFoAUw2e33AWcxJCfXeIhcDyBYhgy\n"
                            "GvgwJwYDVR0RBCAwHoIPd3d3LmV4YW1wbGUuY29tggtleGFtcGxlLmNvbTAvBgNVHR8EKDAmMCSg\n"
                            "IqAghh5odHRwOi8vY3JsLmNhLmV4YW1wbGUvdGxzMS5jcmwwXgYIKwYBBQUHAQEEUjBQMCIGCCsG\n"
                            "AQUFBzABhhZodHRwOi8vb2NzcC5jYS5leGFtcGxlMCoGCCsGAQUFBzAChh5odHRwOi8vcGtpLmNh\n"
                            "LmV4YW1wbGUvdGxzMS5jZXIwIQYDVR0gBBowGDAIBgZngQwBAgEwDAYKKwYBBAGGjR8BBzAKBggq\n"
                            "hkjOPQQDAgNIADBFAiEAyy4soO6Em1hWbpfi/JJfoH2UfqH7U9QWEwaZFnM1ef4CIED/oBTiaqIr\n"
                            "i5QLn4DkyAhb34L4FX/TmPRJ0+seyXSZMIIBsDCCAVegAwIBAgIBATAKBggqhkjOPQQDAjBAMQsw\n"
                            "CQYDVQQGEwJYWDEWMBQGA1UECgwNRXhhbXBsZSBUcnVzdDEZMBcGA1UEAwwQRXhhbXBsZSBUTFMg\n"
                            "Q0EgMTAeFw0yNjExMjIxOTU0NTlaFw00NjExMTcxOTU0NTlaMEAxCzAJBgNVBAYTAlhYMRYwFAYD\n"
                            "VQQKDA1FeGFtcGxlIFRydXN0MRkwFwYDVQQDDBBFeGFtcGxlIFRMUyBDQSAxMFkwEwYHKoZIzj0C\n"
                            "AQYIKoZIzj0DAQcDQgAEG0iQr4F0392ViTwJa1JbGd0x2kj9CxxsWSs/OvAhLGvevT44Lea2ru9Z\n"
                            "0gLYkkrdO62+ghgOMxmL56Qo+VnmbKNCMEAwHQYDVR0OBBYEFMNnt9wFnMSQn13iIXA8gWIYMhr4\n"
                            "MA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMAoGCCqGSM49BAMCA0cAMEQCIEFbIOlJ\n"
                            "WCAZjkdBbXPdP+uexgCHTTZGH9FR8ZC/JfQyAiBWSxcTMmZeYQa0yPCDQWUUGNUM3UpUnCo15mXN\n"
                            "nG7UVTEA\n";

static const char SIGNED[] = "MIID1AYJKoZIhvcNAQcCoIIDxTCCA8ECAQExDzANBglghkgBZQMEAgEFADALBgkqhkiG9w0BBwGg\n"
                             "ggH/MIIB+zCCAaGgAwIBAgICXuEwCgYIKoZIzj0EAwIwQDELMAkGA1UEBhMCWFgxFjAUBgNVBAoM\n"
                             "DUV4YW1wbGUgVHJ1c3QxGTAXBgNVBAMMEEV4YW1wbGUgVExTIENBIDEwHhcNMjYxMTIyMTk1NDU5\n"
                             "WhcNMjcxMjI1MTk1NDU5WjATMREwDwYDVQQDDAhDdXN0b21lcjBZMBMGByqGSM49AgEGCCqGSM49\n"
                             "AwEHA0IABOQsRuesUQ/eIiN3tZtQAV1WEo9yIG1sXW8okmLleM90cYV7eeymGFKsySGkRTQUjyUZ\n"
                             "RqSbR8SCsljLEv0i+AKjgbcwgbQwHwYDVR0jBBgwFoAUw2e33AWcxJCfXeIhcDyBYhgyGvgwHwYD\n"
                             "VR0RBBgwFoEUY3VzdG9tZXJAZXhhbXBsZS5uZXQwCwYDVR0PBAQDAgeAMBMGA1UdJQQMMAoGCCsG\n"
                             "AQUFBwMEMC8GA1UdHwQoMCYwJKAioCCGHmh0dHA6Ly9jcmwuY2EuZXhhbXBsZS90bHMxLmNybDAd\n"
                             "BgNVHQ4EFgQUmTJ+DM9YdyzPEJbS1CZD50k/odswCgYIKoZIzj0EAwIDSAAwRQIgaZOFQMKUFlSr\n"
                             "1iMDP2majd8kz6+qbqiurGnNMuwXzvYCIQCFsOtkeUich8GJmpoIwouqlnDa3ig5rccm5pzux1uX\n"
                             "4jGCAZkwggGVAgEBMEYwQDELMAkGA1UEBhMCWFgxFjAUBgNVBAoMDUV4YW1wbGUgVHJ1c3QxGTAX\n"
                             "BgNVBAMMEEV4YW1wbGUgVExTIENBIDECAl7hMA0GCWCGSAFlAwQCAQUAoIHkMBgGCSqGSIb3DQEJ\n"
                             "AzELBgkqhkiG9w0BBwEwHAYJKoZIhvcNAQkFMQ8XDTI2MTEyMjE5NTUwMFowLwYJKoZIhvcNAQkE\n"
                             "MSIEIFgYRKvv//F3V003FGslcpHxa4hUeaDLWbceqx1iU4lJMHkGCSqGSIb3DQEJDzFsMGowCwYJ\n"
                             "YIZIAWUDBAEqMAsGCWCGSAFlAwQBFjALBglghkgBZQMEAQIwCgYIKoZIhvcNAwcwDgYIKoZIhvcN\n"
                             "AwICAgCAMA0GCCqGSIb3DQMCAgFAMAcGBSsOAwIHMA0GCCqGSIb3DQMCAgEoMAoGCCqGSM49BAMC\n"
                             "BEYwRAIgYaoZX43j1Y1JMDoaCenl1dVavJXHcfgBIhpWP9Xw7soCIDyp2m9GeMr5+Z41UK905pJc\n"
                             "r4p+tvkZj1tQuxnNIqVl\n";

static const char STORE[] = "MIIEQgIBAzCCA/gGCSqGSIb3DQEHAaCCA+kEggPlMIID4TCCAwIGCSqGSIb3DQEHAaCCAvMEggLv\n"
                            "MIIC6zCCAucGCyqGSIb3DQEMCgEDoIICrzCCAqsGCiqGSIb3DQEJFgGgggKbBIIClzCCApMwggI5\n"
                            "oAMCAQICEQDzobLD1OX2BxgpOktcbX6PMAoGCCqGSM49BAMCMEAxCzAJBgNVBAYTAlhYMRYwFAYD\n"
                            "VQQKDA1FeGFtcGxlIFRydXN0MRkwFwYDVQQDDBBFeGFtcGxlIFRMUyBDQSAxMB4XDTI2MTEyMjE5\n"
                            "NTQ1OVoXDTI3MTIyNTE5NTQ1OVowMTEVMBMGA1UECgwMRXhhbXBsZSBTaG9wMRgwFgYDVQQDDA93\n"
                            "d3cuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATpQp99kd//p30m679mrR4G\n"
                            "evuQSgK+uB5RxTOZ6r1Trt8XUEy8i4sLnAIEH3oh3H09ZrDeCDtnWiIMQoENwZEPo4IBITCCAR0w\n"
                            "HQYDVR0OBBYEFK6VACLscbaSYlybVN1mRratCwQHMB8GA1UdIwQYMBaAFMNnt9wFnMSQn13iIXA8\n"
                            "gWIYMhr4MCcGA1UdEQQgMB6CD3d3dy5leGFtcGxlLmNvbYILZXhhbXBsZS5jb20wLwYDVR0fBCgw\n"
                            "JjAkoCKgIIYeaHR0cDovL2NybC5jYS5leGFtcGxlL3RsczEuY3JsMF4GCCsGAQUFBwEBBFIwUDAi\n"
                            "BggrBgEFBQcwAYYWaHR0cDovL29jc3AuY2EuZXhhbXBsZTAqBggrBgEFBQcwAoYeaHR0cDovL3Br\n"
                            "aS5jYS5leGFtcGxlL3RsczEuY2VyMCEGA1UdIAQaMBgwCAYGZ4EMAQIBMAwGCisGAQQBho0fAQcw\n"
                            "CgYIKoZIzj0EAwIDSAAwRQIhAMsuLKDuhJtYVm6X4vySX6B9lH6h+1PUFhMGmRZzNXn+AiBA/6AU\n"
                            "4mqiK4uUC5+A5MgIW9+C+BV/05j0SdPrHsl0mTElMCMGCSqGSIb3DQEJFTEWBBQBb784OFAjVUhr\n"
                            "KPrZg3OIP30ksTCB2AYJKoZIhvcNAQcBoIHKBIHHMIHEMIHBBgsqhkiG9w0BDAoBAaCBijCBhwIB\n"
                            "ADATBgcqhkjOPQIBBggqhkjOPQMBBwRtMGsCAQEEIMK+/6/bF/SRdoa7GVqHg4852iR+Nazvun+J\n"
                            "l7JhKAX1oUQDQgAE6UKffZHf/6d9Juu/Zq0eBnr7kEoCvrgeUcUzmeq9U67fF1BMvIuLC5wCBB96\n"
                            "Idx9PWaw3gg7Z1oiDEKBDcGRDzElMCMGCSqGSIb3DQEJFTEWBBQBb784OFAjVUhrKPrZg3OIP30k\n"
                            "sTBBMDEwDQYJYIZIAWUDBAIBBQAEIOyoYLWJqQvt7KOsY+0xLT6zY91K8wj0lKQkBjY198eSBAg5\n"
                            "NoKmBc+IMQICCAA=\n";

#endif
