/** The address of a request to sign in, as the application sends it whose client `storeClient` made. */
export const authorizeUrl = ({ id }: { id: string }, parameters: Record<string, string> = {}) =>
  `/identity/connect/authorize?${new URLSearchParams({
    client_id: id,
    redirect_uri: 'https://app.example.com/cb',
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...parameters,
  })}`;
