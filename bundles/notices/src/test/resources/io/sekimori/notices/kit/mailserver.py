# A mail server for tests: python3-aiosmtpd, which demands TLS before it lets "console" sign in, and keeps what comes.
# Arguments: certificate, key, folder for mails, "starttls", "tls" or "local". Prints its port.
import asyncio, pathlib, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

certificate, key, folder, way = sys.argv[1:5]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
count = 0

class Keeping:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('nobody'):
            return '550 no such user'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        global count
        count += 1
        part = pathlib.Path(folder, f'{count}.part')
        head = f'FROM {envelope.mail_from}\nTO {",".join(envelope.rcpt_tos)}\nAS {session.auth_data}\nTLS {session.ssl is not None}\n'
        part.write_bytes(head.encode() + envelope.content)
        part.rename(pathlib.Path(folder, f'{count}.eml'))
        return '250 kept'

def let_in(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and data.login == b'console' and data.password == 'keep out 関守'.encode()
    return AuthResult(success=right, handled=False, auth_data=data.login.decode() if right else None)

def conversation():
    options = dict(authenticator=let_in, auth_required=way != 'local', loop=loop)
    if way == 'starttls':
        options.update(tls_context=context, require_starttls=True)
    elif way == 'tls':
        options.update(auth_require_tls=False)  # the whole connection is protected
    return SMTP(Keeping(), **options)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
server = loop.run_until_complete(loop.create_server(conversation, '127.0.0.1', 0, ssl=context if way == 'tls' else None))
print(server.sockets[0].getsockname()[1], flush=True)
loop.run_forever()
