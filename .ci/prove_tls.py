"""What .ci/prove shows of TLS: certificates that change under load, and what scanners say."""
import json, os, socket, ssl, subprocess, tempfile, threading, time

ROTATIONS = 100
HANDSHAKES_A_SECOND = 50
SEVERE = ("MEDIUM", "HIGH", "CRITICAL")
# Of a certificate that is made for the scan.
EXPECTED = {"cert_trust", "cert_chain_of_trust", "cert_revocation", "cert_crlDistributionPoints", "cert_ocspURL", "DNS_CAArecord"}


def certificate(folder, name):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.crt"], check=True, stderr=subprocess.DEVNULL)
    with open(f"{folder}/{name}.crt") as f:
        return ssl.PEM_cert_to_DER_cert(f.read())


def context():
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.check_hostname = False
    c.verify_mode = ssl.CERT_NONE
    return c


def handshake(port):
    with socket.create_connection(("127.0.0.1", port), 10) as s, context().wrap_socket(s) as t:
        der = t.getpeercert(True)
        t.sendall(b"x")
        if t.recv(1) != b"x":
            raise OSError("no echo")
        return der


class Load:
    """Handshakes at a fixed rate; which certificate was seen last, and what failed."""

    def __init__(self, port):
        self.port, self.failures, self.count, self.seen, self.over = port, [], 0, None, False
        self.threads = [threading.Thread(target=self.run, args=(i,)) for i in range(4)]
        self.begin = time.time()
        for t in self.threads:
            t.start()

    def run(self, lane):
        number = lane
        while not self.over:
            time.sleep(max(0, self.begin + number / HANDSHAKES_A_SECOND - time.time()))
            number += len(self.threads)
            try:
                self.seen = handshake(self.port)
            except OSError as e:
                self.failures.append(repr(e))
            self.count += 1

    def end(self):
        self.over = True
        for t in self.threads:
            t.join()


def place(folder, name, how):
    """Renames, rewrites in place, or swaps the symbolic link that both files go through."""
    for kind in ("key", "crt"):
        source, to = f"{folder}/{name}.{kind}", f"{folder}/live/{kind}"
        with open(source, "rb") as f:
            content = f.read()
        if how == "link":
            os.makedirs(f"{folder}/d-{name}", exist_ok=True)
            to = f"{folder}/d-{name}/{kind}"
        if how == "rename":
            with open(to + ".new", "wb") as f:
                f.write(content)
            os.rename(to + ".new", to)
        else:
            with open(to, "wb") as f:
                f.write(content)
    if how == "link":
        os.symlink(f"d-{name}", f"{folder}/live.new")
        os.rename(f"{folder}/live.new", f"{folder}/live")


def rotations(jar, start, say):
    with tempfile.TemporaryDirectory() as folder:
        ders = [certificate(folder, f"n{i}") for i in range(ROTATIONS + 1)]
        os.makedirs(f"{folder}/d-n0")
        os.symlink("d-n0", f"{folder}/live")
        place(folder, "n0", "write")
        with start(jar, "--listen", "tls://127.0.0.1:0", "--tls-cert", f"{folder}/live/crt", "--tls-key", f"{folder}/live/key") as server:
            with socket.create_connection(("127.0.0.1", server.port), 10) as s, context().wrap_socket(s) as opened:
                load, slowest = Load(server.port), 0
                try:
                    for i in range(1, ROTATIONS + 1):
                        place(folder, f"n{i}", ("rename", "write", "link")[i % 3])
                        placed = time.time()
                        while load.seen != ders[i] and time.time() - placed < 5:
                            time.sleep(0.005)
                        slowest = max(slowest, time.time() - placed)
                finally:
                    load.end()
                rate = load.count / (time.time() - load.begin)
                say(not load.failures, f"tls: {ROTATIONS} rotations, {load.count} handshakes ({rate:.0f}/s), {len(load.failures)} failed {load.failures[:3]}")
                say(slowest < 1, f"tls: a new certificate is served after {slowest:.2f} s at most")
                opened.sendall(b"still here")
                say(opened.recv(10) == b"still here", "tls: the connection that was open all the time goes on")


def scans(jar, start, say):
    with start(jar, "--listen", "tls://127.0.0.1:0", "--tls-self-signed") as server:
        with tempfile.TemporaryDirectory() as folder:
            found = f"{folder}/found.json"
            subprocess.run(
                ["testssl", "--quiet", "--warnings", "off", "--color", "0", "--severity", "MEDIUM", "--jsonfile", found, f"127.0.0.1:{server.port}"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
            with open(found) as f:
                findings = [x for x in json.load(f) if x["severity"] in SEVERE]
            others = [f"{x['id']}: {x['finding']}" for x in findings if x["id"].split(" ")[0] not in EXPECTED]
            say(not others, f"tls: testssl.sh has nothing at medium or above but the certificate's own {others}")
        scan = subprocess.run(["sslscan", "--no-colour", f"127.0.0.1:{server.port}"], stdout=subprocess.PIPE, text=True, timeout=120).stdout
        versions = [v for v in ("SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1") if f"{v}   enabled" in scan or f"{v}     enabled" in scan]
        weak = [line for line in scan.splitlines() if line.startswith(("Accepted", "Preferred")) and not ("GCM" in line or "CHACHA20" in line or "POLY1305" in line)]
        say("TLSv1.3   enabled" in scan and not versions and not weak, f"tls: sslscan finds TLS 1.2 and 1.3 with authenticated encryption alone {versions} {weak}")


def tls(jar, start, say):
    rotations(jar, start, say)
    scans(jar, start, say)
