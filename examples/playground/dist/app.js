function Vc(i){let e=i.length,t=0,n=0;for(;n<e;){let s=i.charCodeAt(n++);if((s&4294967168)===0){t++;continue}else if((s&4294965248)===0)t+=2;else{if(s>=55296&&s<=56319&&n<e){let r=i.charCodeAt(n);(r&64512)===56320&&(++n,s=((s&1023)<<10)+(r&1023)+65536)}(s&4294901760)===0?t+=3:t+=4}}return t}function Cd(i,e,t){let n=i.length,s=t,r=0;for(;r<n;){let o=i.charCodeAt(r++);if((o&4294967168)===0){e[s++]=o;continue}else if((o&4294965248)===0)e[s++]=o>>6&31|192;else{if(o>=55296&&o<=56319&&r<n){let a=i.charCodeAt(r);(a&64512)===56320&&(++r,o=((o&1023)<<10)+(a&1023)+65536)}(o&4294901760)===0?(e[s++]=o>>12&15|224,e[s++]=o>>6&63|128):(e[s++]=o>>18&7|240,e[s++]=o>>12&63|128,e[s++]=o>>6&63|128)}e[s++]=o&63|128}}var Pd=new TextEncoder,Id=50;function Ld(i,e,t){Pd.encodeInto(i,e.subarray(t))}function Gc(i,e,t){i.length>Id?Ld(i,e,t):Cd(i,e,t)}var Ux=new TextDecoder;var ci=class{type;data;constructor(e,t){this.type=e,this.data=t}};var ur=class i extends Error{constructor(e){super(e);let t=Object.create(i.prototype);Object.setPrototypeOf(this,t),Object.defineProperty(this,"name",{configurable:!0,enumerable:!1,value:i.name})}};function Hc(i,e,t){let n=t/4294967296,s=t;i.setUint32(e,n),i.setUint32(e+4,s)}function dr(i,e,t){let n=Math.floor(t/4294967296),s=t;i.setUint32(e,n),i.setUint32(e+4,s)}function Wc(i,e){let t=i.getInt32(e),n=i.getUint32(e+4);return t*4294967296+n}var Ud=-1,Dd=4294967296-1,Nd=17179869184-1;function Fd({sec:i,nsec:e}){if(i>=0&&e>=0&&i<=Nd)if(e===0&&i<=Dd){let t=new Uint8Array(4);return new DataView(t.buffer).setUint32(0,i),t}else{let t=i/4294967296,n=i&4294967295,s=new Uint8Array(8),r=new DataView(s.buffer);return r.setUint32(0,e<<2|t&3),r.setUint32(4,n),s}else{let t=new Uint8Array(12),n=new DataView(t.buffer);return n.setUint32(0,e),dr(n,4,i),t}}function Od(i){let e=i.getTime(),t=Math.floor(e/1e3),n=(e-t*1e3)*1e6,s=Math.floor(n/1e9);return{sec:t+s,nsec:n-s*1e9}}function Bd(i){if(i instanceof Date){let e=Od(i);return Fd(e)}else return null}function kd(i){let e=new DataView(i.buffer,i.byteOffset,i.byteLength);switch(i.byteLength){case 4:return{sec:e.getUint32(0),nsec:0};case 8:{let t=e.getUint32(0),n=e.getUint32(4),s=(t&3)*4294967296+n,r=t>>>2;return{sec:s,nsec:r}}case 12:{let t=Wc(e,4),n=e.getUint32(0);return{sec:t,nsec:n}}default:throw new ur(`Unrecognized data size for timestamp (expected 4, 8, or 12): ${i.length}`)}}function zd(i){let e=kd(i);return new Date(e.sec*1e3+e.nsec/1e6)}var Xc={type:Ud,encode:Bd,decode:zd};var fr=class i{static defaultCodec=new i;__brand;builtInEncoders=[];builtInDecoders=[];encoders=[];decoders=[];constructor(){this.register(Xc)}register({type:e,encode:t,decode:n}){if(e>=0)this.encoders[e]=t,this.decoders[e]=n;else{let s=-1-e;this.builtInEncoders[s]=t,this.builtInDecoders[s]=n}}tryToEncode(e,t){for(let n=0;n<this.builtInEncoders.length;n++){let s=this.builtInEncoders[n];if(s!=null){let r=s(e,t);if(r!=null){let o=-1-n;return new ci(o,r)}}}for(let n=0;n<this.encoders.length;n++){let s=this.encoders[n];if(s!=null){let r=s(e,t);if(r!=null){let o=n;return new ci(o,r)}}}return e instanceof ci?e:null}decode(e,t,n){let s=t<0?this.builtInDecoders[-1-t]:this.decoders[t];return s?s(e,t,n):new ci(t,e)}};function Vd(i){return i instanceof ArrayBuffer||typeof SharedArrayBuffer<"u"&&i instanceof SharedArrayBuffer}function qc(i){return i instanceof Uint8Array?i:ArrayBuffer.isView(i)?new Uint8Array(i.buffer,i.byteOffset,i.byteLength):Vd(i)?new Uint8Array(i):Uint8Array.from(i)}var Gd=100,Hd=2048,us=class i{extensionCodec;context;useBigInt64;maxDepth;initialBufferSize;sortKeys;forceFloat32;ignoreUndefined;forceIntegerToFloat;pos;view;bytes;entered=!1;constructor(e){this.extensionCodec=e?.extensionCodec??fr.defaultCodec,this.context=e?.context,this.useBigInt64=e?.useBigInt64??!1,this.maxDepth=e?.maxDepth??Gd,this.initialBufferSize=e?.initialBufferSize??Hd,this.sortKeys=e?.sortKeys??!1,this.forceFloat32=e?.forceFloat32??!1,this.ignoreUndefined=e?.ignoreUndefined??!1,this.forceIntegerToFloat=e?.forceIntegerToFloat??!1,this.pos=0,this.view=new DataView(new ArrayBuffer(this.initialBufferSize)),this.bytes=new Uint8Array(this.view.buffer)}clone(){return new i({extensionCodec:this.extensionCodec,context:this.context,useBigInt64:this.useBigInt64,maxDepth:this.maxDepth,initialBufferSize:this.initialBufferSize,sortKeys:this.sortKeys,forceFloat32:this.forceFloat32,ignoreUndefined:this.ignoreUndefined,forceIntegerToFloat:this.forceIntegerToFloat})}reinitializeState(){this.pos=0}encodeSharedRef(e){if(this.entered)return this.clone().encodeSharedRef(e);try{return this.entered=!0,this.reinitializeState(),this.doEncode(e,1),this.bytes.subarray(0,this.pos)}finally{this.entered=!1}}encode(e){if(this.entered)return this.clone().encode(e);try{return this.entered=!0,this.reinitializeState(),this.doEncode(e,1),this.bytes.slice(0,this.pos)}finally{this.entered=!1}}doEncode(e,t){if(t>this.maxDepth)throw new Error(`Too deep objects in depth ${t}`);e==null?this.encodeNil():typeof e=="boolean"?this.encodeBoolean(e):typeof e=="number"?this.forceIntegerToFloat?this.encodeNumberAsFloat(e):this.encodeNumber(e):typeof e=="string"?this.encodeString(e):this.useBigInt64&&typeof e=="bigint"?this.encodeBigInt64(e):this.encodeObject(e,t)}ensureBufferSizeToWrite(e){let t=this.pos+e;this.view.byteLength<t&&this.resizeBuffer(t*2)}resizeBuffer(e){let t=new ArrayBuffer(e),n=new Uint8Array(t),s=new DataView(t);n.set(this.bytes),this.view=s,this.bytes=n}encodeNil(){this.writeU8(192)}encodeBoolean(e){e===!1?this.writeU8(194):this.writeU8(195)}encodeNumber(e){!this.forceIntegerToFloat&&Number.isSafeInteger(e)?e>=0?e<128?this.writeU8(e):e<256?(this.writeU8(204),this.writeU8(e)):e<65536?(this.writeU8(205),this.writeU16(e)):e<4294967296?(this.writeU8(206),this.writeU32(e)):this.useBigInt64?this.encodeNumberAsFloat(e):(this.writeU8(207),this.writeU64(e)):e>=-32?this.writeU8(224|e+32):e>=-128?(this.writeU8(208),this.writeI8(e)):e>=-32768?(this.writeU8(209),this.writeI16(e)):e>=-2147483648?(this.writeU8(210),this.writeI32(e)):this.useBigInt64?this.encodeNumberAsFloat(e):(this.writeU8(211),this.writeI64(e)):this.encodeNumberAsFloat(e)}encodeNumberAsFloat(e){this.forceFloat32?(this.writeU8(202),this.writeF32(e)):(this.writeU8(203),this.writeF64(e))}encodeBigInt64(e){e>=BigInt(0)?(this.writeU8(207),this.writeBigUint64(e)):(this.writeU8(211),this.writeBigInt64(e))}writeStringHeader(e){if(e<32)this.writeU8(160+e);else if(e<256)this.writeU8(217),this.writeU8(e);else if(e<65536)this.writeU8(218),this.writeU16(e);else if(e<4294967296)this.writeU8(219),this.writeU32(e);else throw new Error(`Too long string: ${e} bytes in UTF-8`)}encodeString(e){let n=Vc(e);this.ensureBufferSizeToWrite(5+n),this.writeStringHeader(n),Gc(e,this.bytes,this.pos),this.pos+=n}encodeObject(e,t){let n=this.extensionCodec.tryToEncode(e,this.context);if(n!=null)this.encodeExtension(n);else if(Array.isArray(e))this.encodeArray(e,t);else if(ArrayBuffer.isView(e))this.encodeBinary(e);else if(typeof e=="object")this.encodeMap(e,t);else throw new Error(`Unrecognized object: ${Object.prototype.toString.apply(e)}`)}encodeBinary(e){let t=e.byteLength;if(t<256)this.writeU8(196),this.writeU8(t);else if(t<65536)this.writeU8(197),this.writeU16(t);else if(t<4294967296)this.writeU8(198),this.writeU32(t);else throw new Error(`Too large binary: ${t}`);let n=qc(e);this.writeU8a(n)}encodeArray(e,t){let n=e.length;if(n<16)this.writeU8(144+n);else if(n<65536)this.writeU8(220),this.writeU16(n);else if(n<4294967296)this.writeU8(221),this.writeU32(n);else throw new Error(`Too large array: ${n}`);for(let s of e)this.doEncode(s,t+1)}countWithoutUndefined(e,t){let n=0;for(let s of t)e[s]!==void 0&&n++;return n}encodeMap(e,t){let n=Object.keys(e);this.sortKeys&&n.sort();let s=this.ignoreUndefined?this.countWithoutUndefined(e,n):n.length;if(s<16)this.writeU8(128+s);else if(s<65536)this.writeU8(222),this.writeU16(s);else if(s<4294967296)this.writeU8(223),this.writeU32(s);else throw new Error(`Too large map object: ${s}`);for(let r of n){let o=e[r];this.ignoreUndefined&&o===void 0||(this.encodeString(r),this.doEncode(o,t+1))}}encodeExtension(e){if(typeof e.data=="function"){let n=e.data(this.pos+6),s=n.length;if(s>=4294967296)throw new Error(`Too large extension object: ${s}`);this.writeU8(201),this.writeU32(s),this.writeI8(e.type),this.writeU8a(n);return}let t=e.data.length;if(t===1)this.writeU8(212);else if(t===2)this.writeU8(213);else if(t===4)this.writeU8(214);else if(t===8)this.writeU8(215);else if(t===16)this.writeU8(216);else if(t<256)this.writeU8(199),this.writeU8(t);else if(t<65536)this.writeU8(200),this.writeU16(t);else if(t<4294967296)this.writeU8(201),this.writeU32(t);else throw new Error(`Too large extension object: ${t}`);this.writeI8(e.type),this.writeU8a(e.data)}writeU8(e){this.ensureBufferSizeToWrite(1),this.view.setUint8(this.pos,e),this.pos++}writeU8a(e){let t=e.length;this.ensureBufferSizeToWrite(t),this.bytes.set(e,this.pos),this.pos+=t}writeI8(e){this.ensureBufferSizeToWrite(1),this.view.setInt8(this.pos,e),this.pos++}writeU16(e){this.ensureBufferSizeToWrite(2),this.view.setUint16(this.pos,e),this.pos+=2}writeI16(e){this.ensureBufferSizeToWrite(2),this.view.setInt16(this.pos,e),this.pos+=2}writeU32(e){this.ensureBufferSizeToWrite(4),this.view.setUint32(this.pos,e),this.pos+=4}writeI32(e){this.ensureBufferSizeToWrite(4),this.view.setInt32(this.pos,e),this.pos+=4}writeF32(e){this.ensureBufferSizeToWrite(4),this.view.setFloat32(this.pos,e),this.pos+=4}writeF64(e){this.ensureBufferSizeToWrite(8),this.view.setFloat64(this.pos,e),this.pos+=8}writeU64(e){this.ensureBufferSizeToWrite(8),Hc(this.view,this.pos,e),this.pos+=8}writeI64(e){this.ensureBufferSizeToWrite(8),dr(this.view,this.pos,e),this.pos+=8}writeBigUint64(e){this.ensureBufferSizeToWrite(8),this.view.setBigUint64(this.pos,e),this.pos+=8}writeBigInt64(e){this.ensureBufferSizeToWrite(8),this.view.setBigInt64(this.pos,e),this.pos+=8}};var Yc='"use strict";(()=>{var y,f,O,X={env:{emscripten_notify_memory_growth:s=>{O=new Uint8Array(f.exports.memory.buffer)}}},V=class{init(){return y||(typeof fetch<"u"?y=new Response(new Blob([Uint8Array.from(atob(J),s=>s.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer().then(s=>WebAssembly.instantiate(s,X)).then(this._init):y=WebAssembly.instantiate(Buffer.from(J,"base64"),X).then(this._init),y)}_init(s){f=s.instance,X.env.emscripten_notify_memory_growth(0)}decode(s,e=0){if(!f)throw new Error("ZSTDDecoder: Await .init() before decoding.");let t=s.byteLength,n=f.exports.malloc(t);O.set(s,n),e=e||Number(f.exports.ZSTD_findDecompressedSize(n,t));let i=f.exports.malloc(e),r=f.exports.ZSTD_decompress(i,e,n,t),o=O.slice(i,i+r);return f.exports.free(n),f.exports.free(i),o}},J="7b19jCXXlR92761bH+9V1XuvP2amZ95w+lRxSPaQHM7oq2d3SK36jtUzao2oWXuFRbL/UDI1olRvRKmbrRbX4E63duk15cgIEWwMGd5kaWSRJXbJLG0wBr1mHMbRwnIgw0QsGTQixzSgIPxCIMNyICccd/A751a9ev0xH9pxsEFMoqfeq3fr1r3nnu9z7rnqc098WSul9HN69rN6U3022NzcVJ81+Edv6s3Phpv4T2/yD3rzs9Z/Nfyv0pufjTc36zb1R+WbXeVmVz8b1bd7mxP/6c3PJq3PnfYPwVV+NPRPKmXu0cHlxzfmL3/5iUfXvvTV9cuPP/L4V9a/9IVffeTLl7/8lbVffeSxta98ff2LSgX33B2oQCW2E+o4VkHUTa0NrFZRmIV5T2vdH0xNR2rGhvqr2pgw1vrXzdaWiRK9qd1zv2PT+J/obiTdGpX9yi995uOPfOmJ5bW1r6yp/DB//cKXHv/8xy8/+pUvf3Xt8hNPXP78L33pL1xWh/v82+eb++p49OXPXbnylUeVtl9Yu3xZmcOPPPKlxz//pbXLj64/8oWvPf7o+pe+8vgj65/781cua3X4kdbcnlj/3KOjR9YuP7H+lbXLyh7d9dNjl9cfefRra2uXH19XYfnII48++blHvvT4o2uXv3z58fVHLj/56OWvcudrl7/w6Fe+9vi6uqsTa+V0qu/OdLf74n8W3P2De3S6eadyg1HZPa7M0u7/Sbmf6Iftknt+uGBUad2AlEsr99NgFR9WhmXkgo1SbZTaBasWT2i3+YTTq6Sq0rhgvdTu9WFVKtLujWGFTvSCScrwPHdK1l0l8/XVRaMynVJIatFkpChcNElK2iVVoUgTd2RcsLZoLL5WpSa9YKzTuJOlKUXuJR5h8nCuSWMgzpDCQ4rMaI00qfXVL2KU66XiERlS9YjUzhHpr6+WthmTwZiMH5OiyI9DUVSVMXGXmqJRGcpwSJGu0FpRYpcocU+u4oWFdq9iiIUxm2SdpsQFG+tlsLos7w3IruEZjZcCRmkRYK6LJqGgHoOWSyBDYfC4V4cULxrlXhryS7M0dS8wLNLlXFP6RWfW3Rt38EQNYPbkKkWjIiBT6IAXbMEMSrVs+dNsqZZznZJqWpaaMI5gpdTDIiCFUQwLQ6rASFMyC2au6JDBh6xUF+wSPiWlrtdSL5ok63LD2VLbTTJutgrxdVDq5Twg4wZVWoTBEoVFTLpUbrYqQgxhttS5IuUG/vsA31OKncJEO6nbLCJS7r/fvMjN0qrU7snVIvIAiJdz5eaLxCmZsXI/2d6OH7ZLFLm7gV0bj5VqtMHY6vT6yP1CVSSpx/ykBTeNNVIF8AEXitxhSpzeGDlFiZu/MFwvTA3LGmyWgku5Il2EZMsgV05hPQuVBUAiBrUlxmZ3x4azqxVP7/yQFNlhocg4vV4YwoTxQLgmYwidoQQ4rEiN1ihexYIFpFrLXKiUeBWDpfY6GgpWCg3sIb+SIT7UgLWbpAXoaan4peFyrigQwqJohNmEWOyEQnzwix3uXuwkxV1Z7JAXO2wWO+TFNsESmcLWi212LLZpLbaVxY7HNB6CIQktKbNEISOpG1yyS0KThnRDiWGFIakx2YK6FIUNDYeTvMSpwjhV6BTkhCdBXoZ7YGrLOhjHyzwOs2KX3MtDMjwAtH1t6F7jn2QceKw9mIZz1F15ZDpVlYHZdFvzC0bZJfcMrkC1b82f2zxjlHt6/tzWc1tbW1sW37bmqeuyyn111b3x+z/4/fAJvPm35hlM7kfH5LpFaamr0jpFelTGq+BQD+eJe/MYQ9AuuTf4U0K6KjuUPEwhdVbW8k5qltyPjp1UyllwploQ+HnhwbeOFUowC49jMSikhDGtWskD5h2JoJBTg6A0bvN8DtS37ul5Bo7TozIkswqWQ2YE3loxPq9WhU3JYqiBH6pqhhqSBb8NHyZF8cpajpaDoFRkLuQ6C/GcGYEgcJcxSMmgzueaDBMFRqIpcqcrshi3KkxmUwE46IPsqGKBsVqaQSCtDdmqsNw0SMm4zQu5SQHnH2FUjpl2StpPlGeM96yBUz68loe4ghtEbqF6OA9T98YxmRCmw2v1Q/6mgE0/PAZCUmkD8GAMcJkSSG3B2DKszudmDGpM4xVBPUCSzMND8ItXBHkZ0dx7xwhCzb11jG+67w7dJq7fGwrq4fNPBH+wviK83xhWJCKcJZp2Pxx64aacrkrl6EKuUpCBdQujUrknyYwcEG7ET7jXhl5i8+M0FpKmcguguO8M3bP+9ZlNwZ8ehry5uCbzy1yyik9kKazQ/rUhBe5JCvgtSjp2Lw+FKAFUQ2rEkIXU968zFOzxuoABk0VyqUFI5mILdIIAIa+CWYKQ8usA5ufhrzMDJn1SYbDLeZD6NTNL9ZoFQDfIUcbIMlzxQjZhobIP/OI94BdfD34E/noPheigcqdGJVAhcINqZVhqN2Ttyf342AmjzpgBafeWfEzcj4+xsoX37cQSjxGk3VwlhO/iholBibLQ0QyFK+DWmoLzkHrCUq+uoiWrD6PS+JGzTqMM9IBt6JZkag1JmU2vaGrHSt/Gemlq/UiTYf2IlTLF+pHG7KAfaVwylxXGJWCc8yw/t72wN+5uMnsKe5VSAII7SsE5BonyUrTQzPREjQgdtMeS+aF7YQhEFE0Nb+XhGHcYnbI+oEQfYBGvRKspa7XAMM26OzYgdSHfhSLsalVaCLyQBR66HWBketHMuaQwFJS6UC6rNcOSp53JABKZQsIkPlcYl6UUeKkHrBeG4kWWAmsFtUAa/UxCy6bud4fuNB5UtTIj8pFRm2zF5FajcVUmTQ/aPUlablqKKKnKYFTENasjCwUcxD1Bz7EwSUzSa/s6FeEvD7zqH3hp6BWVXQ8ASQQKgJ8F81QuWHX6PAgY+mIHd7PCsL0jOGlFqzFiFAhWuqtgihtirZhUENlr5Ynve66IDFi1vVB3oupWSloZvj9bKgszAMqRFQU812RZOdLBEquNqoSmXGhRjlSuWFOGCscPAFdC5+cFvSWlaDlX0v/RskZlIJ/AylMemVy7F4aC3JhTPSE8SdGCGaBthLYDzIo/zaZk2DAwFC2aOT9muyTzGggSzKV+alAc+YfZ5oeYOlURk6UO47otGNNVwyJqvhZQXLE9Q7Ffinhv9hDfKnsQOsmErjybMHiLZxOxu5viPdmEScUCa9iEqdmEarEJ5lnrZVizCe3ZhGrYROwOQ61nNmG82cACQpa8rJX1GGwCZgHWWswA8F+wibDRi8OGTSgsSFDPMfDIqASDA9HLhVE437QFh5QSIWxe/0QQKAQC6RqBDBAI5rGsqSLFCESxt5TjBn1CSjz6JIwWGAd/mvUWCSlKMASZBivsGujD9sNcbTYAffiH2foHs0SB64uqGYBNqbYCL6ynYQ+wCPzPIdpaChrkshWvBgUeuYK9kSu4KeSyglwW0LQCVNtCLn6LR67A3U3BfjLIigyye8kgEAY7Mmq0MhR76QMxLS+cw7iCfYWQYFdt/AeNENK1EDIeu+KxiY3eB1CphazrSVqPXUZYmxXWxoCwgl1W+B3PCYagYBfzvY5gl5nArpA1rvO8tG3sSgW7Gtwy1PG41Wlwq7MDtzoYgNkHt8wNccvsxC2zG7dMg1sGbcMWboUetya8PspbqtpsNj6fmGyNWdavZguzrDejZWkz8rY1r3cC2cfqN+zTQPRThnBKXTeojitS6Q9TnWxClvFcXTIqIQvtiI0c9ySU5iIERJ1eZaFiViF8AgrYxzcqA9GDV3JGcs/ljLe5KYBoCyAwIbCEjDRuJKW5kJu2uLSNuAxTtJiDf6fpIClNPUN4uaD8B1gjYzcpYMkYYCkN3AYBS0YbLJEtIjKlhmS04kYxUDghGa34sgwQOHJewwdPsXAerrrgQg53hqBZSKYRPrWmIBjYT2lyYCZllwDFgr8B8NdOcMdAuKPo6JPi1bZwOKDY43DMuMlCgZExJc04rCH75vzEa5E9kK7navgss4YNqTz+gULvn7GldXqVR+o9WdYJ8xA1K9xTzVK7tKZAlvtCDreLOBVelWvfK2AwxvdUwdT+KlgfDp0n4R0ueLRtJAo9SuzQuSaQaBfGeI+UpvBCq4tWm8BLFTPpjDLLufHOqFvHKgMZY3ehz1jRDDzGtOWp3Uue3ghj2hJVNxJ1EmPGEnUPjAn3x5hdwwZ+XshVTSL9tFGHVc3OTCMm4cJWzM5UzcyUd2GbWkKkLFtY91C1fmIaVSzpQ0qil1pKKnc3GNbGY6URKWlqKam9PdSoYLX8KKzZNEtm0ythkdOkJ6RltCZiklF0rtBOtCN3GDYOC0stwlJDeVWCDY2wVBCWGsIS9oteZweqZWEJTbm0jBWsiqFzODUdTzsoGyiUVuYukHBzhXJJoZ1KiwjcsBJB7iHDixF598x3GSM03AKbpIZg9+kVSJLnht4V5OIKHN0wkybDvh/Nvh9SH1NusI54iHwaue3toHKDjSX4p+ymU6FTA0SEcj026jb7qXvOs0idRorUcZVadadK/06oMx8tyo6zmeF40bJz6kyQkMVHl1RQst7vKpW6K8RIx3ddMojYG2EvAk+U++bmyrAIvUXLrqSe0+tlwligKHk/hXG+oGB+91fL2HXhlPmMPAK1Hc4gxRpdaZwdFQkZF4+KnGIXVUXfgaJDZzeK0BHF62XH6bWiy/5dXcQUYKFFvQKuwExH4Ape1ifXvljGbm5lmX0Hx+HlsJQ/zPZaAHuN8pEL1imq3PxqEVGSlnZBKYo2eHTAh9gdWy3TypmqwBe94YIrZCoKKd1wwSp8VL1LuUYkiPKLUCk2MJGQkosYDUUuRs88WUvJvq8DH+o4PVotY1zXgSspdUflYMVuUt/pUYh3rpYhDRxkXufTw1ERUz8t2DHp9HqF8Y3K9EHN3zFbaM1FhA4pHhHHWz45pG5Vdj9pl6jrzCdy7Yi6j5XhqOg7uDDmn1gvOliYHsRQ6tSFIm7N7mv7zi6q57cPMN2VIqSu0xfYpOwBCX5RkCBy9Elha06PhMYjkEPwtYqCEWCTiUYUpi8eNlOb+uqdyp0elfFx5V7ZLBJwV/BFe79SZcdt69UiZ3nZceoTdoly9+/UyOmNMoJsDSh322pUJm5bX8zBA3RVIFzAHh5KEH2IijwLQrFJcriJnN6oyg470zfOKkU58Zf+6lkFoJmKZ6JSNufyh3M2RzV4MrDGYmmSil9VdikfRKV1z2xehGehgGBznykSaBRJmboIg4rZMww6ypypXjynKX3xN8s5ZykFASTVi089dS596tz72/4/9Rvn3jK/nBv35xDVkam5twx1Ri9i9FU5cHr9RZp76lzy1GdyQznZUTFLlrpVcYAyityWrcqMOpWzVXmQEX6KIve0rYpDFLnftFUx47a2DKXrbrCBUFwROl30nMaQusC8aWa5IQ3Oc7yBQLZ6vexXpzSvyzYrVzNQY9YrCgFH6/SosE4XHSBCD/yCOv/DJ4dFL6U+HayoA2zGBBqK7D2ofx1gTR/UW5Y9HdPn7dI5Vcw5VXScKpIAlgWL2i7IsYvFc0EFkbLOLaxvlVD3Um4poamqGNQY4AyGTzMgniswM6dXZbw0qE4qhVG3xpMAUAl7Q2h6tbCZSlVITHLr1QNaFdJ92ae5MwriAu+wFH5qme2kfsX3xbiSHufOfePXn37m2ede29JPFXPoqIJfi5KqSGocm5hXMYXp+OEnAn2AAp45P4qy7xT1QfxFn6HTr+fIU0vOKsUrN4VJID5zEdJQXu2nqeX1iNQmFCI6lLr5UfPekLrc5UE6JJ2W9qRirlRGFAEBIqcrLCYAEj1WlZ2zKgClU2eduqPJZWbq7QFjVtmfcxS2/wGaHSRlAsJh+pqtyFI26FDssubjgqEycXQx1xAJZhN3jpcWl/svsbpu2XbjmMZxSly8Kqw5XjALZYg4EZpYCkfcrgRbi0YUrgxhUMlDEB/ro7RMFg1RTOGCgtmfCih8zLngt7mXjiya42wdXG8sdtEcBxHsHE9Uj4eH0pGhWOqMKLpUdoZlJI8Su2bXR6mMx8p4qLNMofu/9cU1tpRDeHAZagLPQReonHjo4RuDDACMdo9+58jB+f3bWOj5gTQvh7buJ9FBHCFm+YCBj4FaRtRZGZZdDL3uq7uzIyDIpRx6ujNrkAVQMYoMumKw5P6IsdFd0xfzWObYHc9RZhhSVhVpPbHrY0ZrJtHkSnTGmFFPokeWeiOeQqd+iDq71yHlAZ7PYxbA2cTYWHI0Y2Pn5fVGluwxsgSKrYws8SPryCgTwVl5yOOsjCzxiwTS9qssIfYdsOu6oBJ/p7TZNYGuM1VKalSwCbcLv8wEfiGmZev5FknGrGwP4tY3JG71H4j7BsSdThB3+v914o52E3f6p4q4ownaSP+UE3d6I+JOdxB3sJO40wniTvcmbnel4LAES2ymINJOuQ+/nypKisgprzBGHIFnJD7JKnwGCa+pw4pEB/5iIAY7+1hHgAP2pFLrTn+Nkzq8fZGQ5eDbY2Xojj7hUrCSwBGFo5KdBmwTIiiwTnCOPlbaDQousHM0qhzhJut3ml333mVcv1lLvNGsAElX1zihJPK/5bV6JDOO3WmYK0n6b7TWm2TYiIe3A/ayRNnOcbT+lc1+Kk7iTAJDFXt8nJUUKEkXcJaHz54XXlq01CNAip3jLiH9mJt/YsS+bPb1KKQTNH3jSY3mAIJ3JRpnRj2jlUnlR+MG6xSsleKJ5lvaJesUVJIVgyQF/85lsezxiivyisc4r3PkOhIyTv8bzUloZKD3BQy5CjTEHiq4e146jPQ2cRgosqONVR4ZWeFNmjEyaaLk3AWnhekBx875RgaOzsF7OE1H7F4sI3j+haMHzNE5roMw0PpIchaEofMkDQPcpp/CcDnozeuNpTcnlUFq5SlW4SULAqlOJ1VQmkqmwv5EReE6ZxptiBsj/eUbdya9eLiEdWdmN2TC0caq7/YUMEliGKVm/mzla4LE1Q1OAeCF9tNLgGvPbF5M/7hj8k1zVfw96XG26YFvfEnAailw3+9wBIRSmKkpiJrzC91bqhrE5YApWFGKNJfEdSUXhi3tMqbYdS8NYWJaNMhKfUnSh8nCg2BJjyQTD7ErSs6z0StfzMPsrzHLOd6N+VeSogJHQGHElgrYQ1hx8okZ4aNPkQERcOoqN9MiH+A46wJNu/BzMDGDNnVtOVlkBH5G0m+qi7k+InkvXcSc3PY3tp5cha943W1tvR+vrvnXVEWPAvdhcRNoeJ44i6vHFo8MvFScsBlznMXnbIgPRlNc+QzbwH0/Ruw8ccGI++HMIvSHhfs0A0NR8ml4JZgfwscABGL844Bm5ZOHKmJOxfJSMaAwJGd5SBz/ILNWdpoeMsrQQ+Z7iCmrqIMeZJQ8PMkAykyKnFGEkArJRdFFh43GHsRkjzqjAr7yjl8KRKDG/ztNHbBlvGnUS5S2xiJpn/MakOWAv08Oke3LSGAoOp+H1GWfLJwtMRlKKrG0NdwU40HWS8miZbK7vOkuP5/bpruo1V3Zh5CK0KGhiProPtrRvdmn+4hDG6svFlPtYQf1e+q3fECpc8lv0tTT576x9fTWs1uvqatn2t3bW+reNNOw13lBOX1Gwf8wPfGmpPUmPQEn/6ZpEuGrATBNXXhi1quijyhW603TrTexn0EwP/s00KxPtYE/dUbNEV8Gcknk4hNdBL1k9aDLV+InqT0M8LpVnIycXeF4kvw4SAtDqXj+TPo7gdFX9eYOXLMUjNbLZAeuUeTm1hFpXK+KQDjNec7fZCloyUKyhWsQ3+eHFKwt6ppN1DTAA9irF7t/L6Vd1MzJJ7pL6u7qHgLfA4QWRYNBGZ/RYNzxmfZjg52PmT0em5PHBnLZ3Qnt7ASaDtLhORbW6qyImfMI9+Be9una99leTv+K9G7I9rl1Zp8VRwaSdTJrCKufH669eO4bW1tbg6vp3410F8EHGpXhcUX2lDYFlOisgsAZJGXgntnkxC2sBEu0quh4rUWLZtQB/8ydonQEX3PGsbEikBBizEG6oidByYjjaRILcgSn80tHiiCzEsTtXeIXxauIDLhgo4icZm0SATQsthWtAvkE8QisfkTxpdLybpn1keQTRaMSehmoeJkU5ZeQ7woCMOuUbQgBn1SKZYw9qbRYZhEZOOL3baP5d+QQgCt5jOTYoFeSQlaSZpuwKE//KP/CUyo5egj5aVk/CBAzDL0KmSG+hUcFaCUjGAIiPEWeMyfZjMisDHn7DxtB0p8ZlUY6M9IZwqgGCd8h1Y3k92jRZGmzTnGwNNbx6uEjy8ds+uhmawqmNWynmUWKZWRkxAGwuW5WAprBiBP4KbhURsPS+Blb0U3TZviIRHGALsJqdS7BgE7QzzrFshLmpNLAJjx7UqlK0uKCsbz1OAUyYLrpXFrmuC4wzsdvm84CdGZ5pMG4M9sS3my7uCusmpqBowtDhgZP88KwwPo6AhMM0muFPgzieV0x9bgrnKSoXbRCgeuurElWA5lTypYxLgoq0Sllyk5Vuagq0xXJmnFB5cxGmcFtkEHsZlARQGvlFDQ9Jssehe6hiozjrRjdQVJG3j8TuoXK4y91Ju7P4n4H9+P2fQT6oMKlo9ZdK5rXFKh52izRFGUjZ1cQfiwCygtDCQPZKeoxAkXs1m79CLUE0eWApi+tMXfrAmwPlR1clsp0naIN1n/iU1o9qBTFUMUHuARFHy4JNFwoZ3C5v5zdu/0BaX8QUxZMPSRIOLd3+8PS/ggF0l6VQ0noOLp3+zukPZTHPkIFXepQSoOq7DTtlW8fIlXqpIIJsoQPAccGDkJH6NIMzdKBqjXr8VNp/dT98hTo6AgvKx2iOTpclYM9nhrUT83JUwPO6ixj6tKQjtIdVamap4LmKQVMFyOpQ33Qi6UUrMwQbwmK8XtQgcTcQ9VghtFpMLPG6MPXwcwaAo8d4XqKkoscgFzLGeWhgLCnx3B64qjsiFhgtXrQYAvzxaUiChCnbPGcjzPLFJ7z8ZLFxaeE58TeE9NZNB/n2HLtjeFGn4CfKGialdCVOiOKqT+izqUyHpZ9eRTapfCcaJEzPzrgOZ1F8xDF4DkDlhCKlzlaRyAZ8Isa+GHYFAGEyMjkvVCAV9nx2E1x85CafIhXS97KaBK0JcdSuQMMJhUQpC0QYMbyVuCMgCPCnEKKmNk/RHER4dFUYBILH2b/V+MATMGH45VhGbPkiOr+Yt4Kgc5i6cznlY6KDqcVOgP+lDgzKsZUP2CxsWPs+mdfQn0bljD1fle/hINJovarEY9Xgwk98NyeZQY7p2p+dYt9YEX5RnLJj8J3wjDzmFHHKs0mY4JkyY+xhCEIpEjc/EXOAkg8+rCWd2mYLpolCcQhVlxGQmM5aKzTrA1D9X6/m6S1QKdbNHa6ZMn4c5fq/WU1Up12GgqeXyBu9OEyEhqTZiVuRyNKKGWveDIsU3kUEJQFUuBpgp34ZYGSZXhImcbAFCNSLIx3kcv9fr4JOrBCLmXkJQIlzUN28iErQMJDEb4EjTXDImQHGITGTguOehBgxvJWIKKAQ2FO2JAEslighO1wQdoPwwusma/G8AIzYPBZiRc4YRpTdX8JO4VPc8IZdwbgcrg/SpmOmMZy0Nh4HVPZ4jQ5dn1zSxjvsYR6vIRxvYQxL2E8LJNmCZPdS5hg+jEvIdMYljDBEnqOl0yuRjJeDYsvQdXoZegBWka9orfWh6cxS/klPwrfyc3Q2P0TNHZ/aWsas7to7H6hsQxataexDDQWN2uTiF2zi8aOtmjsaGlxOe7V//ECHeXIk2qiCiGiEbnQmDTjeE0+kvBTzpEnK49CT20WaK5eIAuturMMjY5pDCqEBXCTPWhszs/Xcj63p7Hca1FQuf1DZvIhU6/IHOXsLa3EGyhZouUOMAiNHRUcPd6iMSvDTsY0drShsVm2XI1HWiptTWMJrB5PYxBNZBFpqWlM+rNsDaEzCQOxGYMlnKCxDDSWj3nlbho72qKx6y5hsnMJPUtoLWHilzBhNnnjJUywhKxTjZdwL443N+Z4WELrV0NoDD1wJMSv6K314WnMUHbJj8J3cjM0NjdBY3OlqWnM7KIx3howhY2moK9mQRiUdjdhJS3CSsQoHdRGabMqidO8abJllGZlJoQlzUpYlRmM0mRE2aXSDMtMHiXgRr0qtl6VjJ3Gy96YMWw8ZICo3YOwakZifOIyE1ZtbsDzYPcgLDsmLLb0RQtvCMuWO8AgoE0EMQctwjIybDsmrKQhLIUt2g2mZnAtiFHAu7o9YVkQ1ti1oOr+xLWQNK4F1awcU9QUKMo2C5jtpqikRVHXXbvOzrVLaocCDzGXZTPgjAkzRdOsndm9drwdr4O1s0xRWAmULYFz52aXQSgKPfAeDr+Ut9aHp6iApi75UfhOWhRlPEWZNjX5/mTlPC7MX8yVI1L1q4SeCsXuivb/HDD1fgvxgsjnufrmUWZa8vn++uZp1hbk81J98+Ospl8YFpFEUyN4P15XcH9E6WEf8EJNCWyyDxB+HGROpf/6qD446RhJ9nWMRHs5RqYnHSMpjNy0Knv4JxXHSL9xjGS7HCPJPo6RZA/HSNS+z5uPQPKj1l3vGOnXjpE+HGjsGEEpmR5M6NoxkomK4OB+bP3INm/LMeLdIpGo/B2WuxxvgdMRDqncOya9PyQXvWWqaTiDhgfI0ky74aw4TubKg03DWTQ8RIZm2w1VOStYNdc0PIyGcJEcbhpGyNusyqhp04HzbMDmZUecZ7B6BvCOdimnKXg7drTO262h0OXSegapiddvDdHkW8/SHNwj12sNsuPWARy0HAXkBHNcaq/tjRwcUe3giOHg6HkHB+RG6lNZSI2c/TTn63jnhqx4HiztadO3XRtJyy5OxkkmH2fuF7V19sa1Ic3KKaThQmefYru4Myyn5FGEdSbs4sTr7A+B+9WuDWjs0TrlAroEoOsw6JLxInYa3HjIT+TGD+idzvBd09fepdHZ6dJIvBm/t0sjYXZDHYFFIhIL2Jg0Lo0O61aNuVW7Bby59fHG3HqoRZU3cly0R1mPLNu5QH5QmYgnaVbm1IFq0YF4yniBcnmUIpjorQXKvGrhFyhmfzcUix24ne2ksmzS373EIBLfRcz+7h2Ld7OdSX4v9ch6zO6xS0HweZf93HYjtG3oeD8bNJ5wI0izMoPDB36erLZBs8YGzfZxI8RjN4J3IvgZxphhJPb4mM1EY+7pJ3LjB7TnFvu7D7R3H0Q73QexH+7e7oNY5HgksIhrDSyCDe41sAga2NhFV0/fu+hONy66hRu6Bm5xWfR4WTr1snTqZek0y9K53rL0PBbf5LLIFg/vqmq8A70xFt/8ktWdeSxOkZLCWJwCi3uCxbss1BsZ6lasvGinlRfvMtRjb+XFHOSKvR2KGgttK882Vl60zFt5BIttC1yIMsJ9JwHHWvzFY9HuJ3LjB7QXffsb6Nob6PE+Bnq8v4Feow4b6Mo7weykE2yXgR7vNtDTn8X4vs6ytIzvXr0svVtcltRj8U0uS72ni51Bjf2djrH45pesnfbD+mUgWCzou8sOvJE5bPcxh+2EOcwFmGBSpSOybA6n8uiEL9e24DRhDk/CydRhVVXHaDlePVY4/URu/ECtwP3pNoN/Fkv3Osuib8Oy9PdA3+ssSwCMC7zLpTF2+2P0vfklqzurQ+c7bFF0c7vN0XFyb22OJukRRSico6WeCukp2Wk9MGn653SwKTXDvv2ulloV2ud1vvwDLbmfr/xAl8HgABlfUMxMSXEZPTA+h/f5dzVnCgffflenvxUa2+RxRrxvV5NZ5mqSmyyQkBHlQgqGpeXKZ7xMTp8H9UTu+Xf+3pc48WNZaoRGPsuTt/iiWlDGTc5z49e///Lfl6zkfZp+dVXanM+N7MJW7vT7KXIFQ04o1UD3AAnfQJrAd42Fq5+8kGuXICjskhWuYyKlPJBJg2+8Fx58ihuPhJ3qjyh7JkDBKss5J5ylGg7muIIjp7QYX8ZqDvmnFbZQctKyccmqXXJr/jlHq2XAO/BO8r7k39PIDPqqpMSELl7FjsvQBRuuW734m2VyLnjmKiVPIdbO0h9dYF8rJN8GKl81WdXBKsqjjXqB0iZIeRAneUZebTBy75S/Z0SV4HsL/p7lF2A7cxGbq03fIXerTaDSc5sULOfBEX7sA4qLY+Djh5Q6t2Weql/yEaXqvk8olXIyVYw9AkpqIClKPDAF3WbZ+90BAiXYCK7ObW0llFCC668Mf4GLFriNghPsOC3Ppo9ovYlNuMjSBfKZIfJ/N9lj4mHPNbrMunvtiKQ2V0iy23DZqnud7+A7rZZ6GfUJww1S7jW1slqF7pXNNP2OqbF+qSrtcSncp10oOcZgtWNUtEvnrmInPhAK2dfKloH7+sUc6d8JVxOVz9/YXMk19iuhSlfJ+XhODQ4V5txVsieCwTmFAgLHnb4wxHyic7/2yzkyR+Onypiiz6AdkhBQzKR+tjRw3ZBZQ31MPL2AkmiGiwBw8mAg1QaqwZEyZC8PsiFC7EoNV+QzmqP0TBFwubFlriC3YE5znV27wiO3KKWCLRnyvpzX3Yy4hpF33qXnriKHcwjPmXVLI3acfb5eJXaKBezrQuIJyEed4jXSq1IKR/Ee91XeCCBszQ3W11hcIV18Sah71AuMVmCJ4HjIUQrSlzTXAgTT+613fRL862/r0G1tJWnJdRuXRhebjQ2OuBTi++9qllGonyDFj7a2pKQn8tff000j1WqkhLp9NcI3twPkvxgKh9LUMChtha5GEAjDVAoeL5qn3/PFxLbe0+nfio2V3eRbelT2jivq4aenJgpne3IODAwqLsW5WXS5DI5wD7OCyseUMJ0HyNStE6MBTHUW/h2/96MpDHFWdfHbgzqRokDgm11gpEblI5BkFzTdXc4x7y6ly5S5wytruXEJ2XWXrBVchpit8eBhLquzNPI6jLtSdKlHPfe+qqjnfqoqTvKMOLMS7sXegnmyNOJnVi6rigy3ngKDmuIt3oa3eA94p7Tm3TbGb/FO2VC3NHWB6a/HacN+h3dU7/DO2Hjz1TBQ1KDoQItmfcUpGlCEHd4hotL9iiLeFNwYVQIlK6XDFSeypOc58eAdJbu0O37LcYemdu/xxr5rTlSOxhuTsccbu7eLvt9xZJ25wOO01LkC/2u6KgOmPlaRSxCMB+T3cUXYHZ2uis8uRB58vcU74t7LPudgO0lLsxR9gjPx+5WkZltkAkuH0+0d3tPjJOioVUVgcoc3b07HpGSX9nlGC0s93mC/xwZvS32ZYMTzCqUQbEQDzADOrItSkLk1R956Ld5IjLSDunachSMJVNRFh7n4n9a59A3XJ1rHvpEQyx/6/d0GmUGPVWWGdHsklWb1/m7Du9g5+oCwcSyFAHg3h+WtVOJi8iRBQdEVpauLygBbGgKnm36VOYsQFFfJcV2UuMBemqIp+sz5znaD635QxJXdeQsAlN7w4rDZSsBlVg9e9KrkGPUCkNloncu0NJuZMOM/1ZuZEt7M9FeMCTb1VZEI1rOw5NPCd8Euf/UTvqI4NujUaeUtZ19rl4V/+itclR0J1KPS4LM+wfnO/CFBtr+iiLP9IZpCN8Vv4xx20iL+TqgBPxCcUHOtB4ITiur7C9hEwPcH2LVXcZ13QtwJsT/Gi1B20qCGs1i/9hJHn+sZ7N4nkv4LraNNbCXtSsE6i7Asb19CIoImNbrITndkclkpnJaOZL4dlipYs2zkKzcSquhj34Ia3Ik9MJRWfk+d7CrOLrEeGko+ADw1XKuA929gFyK0kKTiZMVlzk8ylECr5spkkGaKmYYhJbp2IDsjsM1BCmpzYo3TgztTykEY3fTdeoKpVDSzZUem0W1NkK03VMAdUReRM4htFG4r+IyGi+CSCHapi6uSUAa1KBO9IqTuYB7ejXqijJM8UV1H6TBZZMhf5Mx3YGk04orO1OHJdpY5nq2pM56sGpXWWz5SZoghXnSgVI1Yo2Da7dSTTVNK0z8wmusNz69yDX5w2sAlXOAncAmOBrAnlDr3j//pP/l7//M/+IN/du7quflvnvtL//kf/uG3//b/+tf/y82rpP7iueHEnXP/xX/1377zG3/zr/zl/0v9WjHBpuHXmlvlMq0w9gNE4Li0foAqRQGMEbWz70PfbL/73/7rf/6v/tr/+df+4OBThezulBJlgRUdCqPFPps//sf/7G/9q//tj965h7tIJ4ZXTMrGc8UzaDN+R6nO3cG3mnfhFuFW+i+t0VeRNgElNGbFLf6U32QWC+mbSdL3XiHZKScatuQlSVGvcXN84k0KEhwGQ5eAMpi+4p2xZr2M3Jui4ZfsxlBcatFt8Vkdo0IMRzInlDrDuC4LaOpy1FIMUVMsm2ED3m2yzCNy/U+uLfuZ+Ofbz+GQkpUcZhGqKoJXhdLQ86qQWY+b4rqIzKbATMCifLu5VjsDFuXvexYVgkUZsChTsyi8L5XimIo0a7nCqkCAnKU/OXQytfbmhw8ThTle0u5u39FHbuoT9SELyncW1DMIJmcQ1DMIJmcwyWS1MFnEo4W7AvI4g6VZdS8zW0iS/o0/1mZxM/ReiQ/APnOvvRcOdJlAVZagESUQ1++/g6qZatH89rv+w7P1h+/XH76DD2j8u/WdV972H159L5SfXq1/eoEb6zOwNvin4C3+6RtbW6+pRfO9uq/33vE/v9R0yh+eflf77abJ4CAl7pV3dFV8mBL32tu6KhYpcc/izhlSxf21NRCIiyVZQK9lOixm2CANaGaF47VgEpRyTlXbNEUtvldwxAmYVR7jR1vG7usX2ScR4ZyNgEtElRY/x27LF4fyPzG/4fL1spWO5/XC235eP2YYfWtr6034jH5R5vhcDZRnGO560YMpOBNs8Z2X39aVqFGJ+6l8DvD5Jz0uJf/C69zodV2593t+x21CiRtU9afnTrNHDh+/TRWUE3x8/nU46jK8sgHUcNG8+jbAw46w+3H3hbc1gkG8E8qvMt2/KHNaMC+9rblw0v2L+IgPLEurRfPy2zqtQRm6Tr0SM8OVHN4YvHNmSDODOamwlVvZ/1Th50XWQGcGh2QHCtf5srDkojyQzQQL5iWYoyhRhjG+q3H0Dn/+7Xd57CnUzIg+gFs/fFuXXa+6jsr43D+s2Th9wNnK2UH5e6vFDB5RyK+lLqU04zXeMrOb2JH7/A906FRacgWEmGZWQVszFOVY5Yzfzbi5Kc7AhDJPP/UAZnilmcj4RjEDFjTjRw0kmDmfK/dZnqhM8c23Ne9WShbMj9/RZbS8aH7yjsY76YxT7g3F5RnO/dt3Xn/9f/+Hf+NH/xKUwyTUSJ0zwXN845++++v/xzvXvvlv3oSL8h0ZBXDvJ+9wYkFyglHTvviUx9EFUF45U7/9deAAzVBEMyvDRXwFu7y/Kj4yifJ0fzETSFHfD4gLhfz6UWGzCJIjGJU/R8SeFFiBd9BH6A76yMqQPkIzdMfDw8K4K6IMT9j2H1gwFj41lYPxzYyKWaeKDyGPyHAeUY0Vv/Wu5rKjScujgddBzSdJTbuDCyy4YLU4Qjubgv/vcSTXEfYsBFyEIVkwz7yjc+X+fBHgGCxy4UqeuKDI6A44BlEc029+hdWxIY5GruFg2JTrbbjteJU3+Fr5CBGlLnCtFje90fyyrVaLgWOv4x0nlXXddbLu4MbauEEfDcK0yJxOCwvVMqAZp2kwXM4Rcx2s5AkNkFtl4VT9oow4oxwb8Olijs2Ns/hDYAOtkQ+CvUk8osFQYPq77+plGrhvRMjO8s6MwP3GlpaqHY07g44471W4A4ZeAlspleoU2AS2AI8PNCkWqhwdeVNXSIMYJGWPeUCHUjhVD1MAJ8AUpcjh6tBAsq15+1nkFHXGOxre0rKp9D1d9HH9sZbw8ZucA7RgfqQ51NtrdpRmWVeyxbOHOaMhXi2mkdiwUeQokifmQP98Lo4Z3lGaYdMJcoapf6nsDUtO2yimGZCjEmkbRU49BFqiS2s5Doc4TDlNNwm2dTqgT/4r/e8+Wc807dKmXep3XRl8MlXRa0JeP9Jlrx1bekvjeCQGhKQe/FhLaKnnw14/kj0/vTrO9JZuQq1vonZqj49XEhAi3oRQVg/7JUb19CPeaNqEvnpNnxL74g6N71CEILaW55QOpooebkjYpL45LTfHN2aLHo6aStwLP9AoYcjoU3gBhRoMgjgHBXFiKiinQ4OeR5mYcurBr3aQBtSjosL3EcX88jilAbSbP9qULzm+XPE/uGSjDCgnrtuZO7tOg8dD10+dXS+t+1YC7n+FrHsm8ZoxXN4GtSG3+A5Z97R8CK5UK3ZJNKuTxxUK66hiig65H9uqPOaU+zE4tfsMe3WnuBjHKVTOUXTIvRlju9gxOol6HicRvuH5uTc7qOdh/Rbrk0xLdAoUd8g9H4JGDrnfDaviNFetLIYEh+DWk6vFcUpR4uODRUApe4QCjnMUAUVc6qGI6BgS3lm6wXcNpyEE8sPDosfuOO8IoB5E3TF2nZR97yft02GplVtHCVkLFW/QIfzwfEiHCcUrynkuBsJtD7k3w6q4m89jOwljlscl1YRA7OPqF0ZMfuOrXxi6u5L9vK04Ihwah6U8dkqnBKAuOz+kUyiIsjIsT1DqNp+AF3GvqaR+Kikd8sODvOpX61KCdfwiOkEfpGxUpiPx+6XewdZBCAulNj98Zdc7+vIOgxzSQ4wc0cYYWlIYc+w/+yCdGKGoJxLR4BLEL/c4XTwQLNE99AA6/CA9gCU7RA9Ivxj7XWToNH+6l07TAwD2A7Ure44wbux0B97MU4TMS8Nn++hPltPg84bmPzEsjtZTKI+JI7w4TBF9UIqJcl2VraTiqqEBCpmaEfsr5+hepAoM6S5+ZIHupnvZn34fTBuaBk+l+5oiAsVZOoxRwccbNOK0z5LcpLRAZ8/oxF8RExG0+HSuaYEBib3OZ1HjgC8DuSRyqS0x4Y2mCOTpo4AaEtGLjBbqNY8qX+GH7qZIYIePp3ldysADr6KMTtB9zgz6vDz3Yj3upQ7dVRV3iTPZT5ynTXPAzohOOOX0oO/LscR0AhWajq/RqTW3ZeSsMgs3yUkJxQUN5wqwZUk4VyCcKwDnmhYGtZPTRcLpzC5OBwYapc4Ug52KhwQiFQ4jQnYujthAyPGOU1weF7KOnDnP2suA70LRMBxGshtpkY41inS4nKNOabrC1RFnIatFVUjHOoTTgyGRbIjuOgJTJK9nDMDUbaMEiGLx9Hva8TEUKcd/ShEUtg5fJxxVYtUSv7NDSqfEij6apb4ZpYvmmVrVfv9dvWh++o4WkaIkjtRqgoFAbP0UejEEbMURpixKbxJ4HmLGQ6yBI+zBm4NjInCMBI7JPnDkgaIQgahSAJvdH2woz2q4gLeHGp5kqKVjoHExXmm0J8xoAIRHyAyGWw8K6TTq+4ZUC/3My/scwn6PHR9po51FgVSGndRVxokwb2lJMqv1ldirKPwGp4u7WINpsspEOdFNw9JIdlnMysml8i7e9iHD69X7PppR+40fb2q6C2pa6nd+HEbGXbMtfmLXxo+0V8+kj917P6RkHR0WZfOWu9m5/WPcD0PwOvs/6i5FV61VQr8DpFcrlXB6XUJxZs60GUABljyZt7SA8wJXbm5jk0ecZAH0wJhVUx0NBNHgDhV08bFcSM6aCOUHvs2xXbmFrmgkQVzq+bBmQgOPffB2sNtjAg2P+AGNnRQpdX1QNEi9mbfTcsvAaoAiRN1Rwf6Gl9/WRUp3EFVF7g2ZIpKzC6gL8pqCKdh7DUcWf5oNDF3J2XKb56V4DZwRU4jrWZo6pbTb+ncoMQY20EHijKWpk0pTzyXra4jHjooe6ADeY+pxsAJ8Kr+QI97VI1RolhQMri/ex5a8gBP+UH1zFZBxgwrFrl204e50Heoj8jpyr+Xu9Z7b6mMS34IHgHpeXy7jwVGfYqDFvcOHS1EXBmKw6uYdmFwf8RHsLHZbXbeVumdn6p4EKtSjVj88bPYaUYKK6F3PDz/sOsyM676eS91W7p47cJ2+xDFAU6PULx8OfJtx6gLNOnVhdRmFxD+5KgenMBfMKKPZi0M5RBoqUUUpQmHvb2/PPyxnpMFtmKysUc91PrHGJ4q8KWibUG9wh8Su23eERtzhi8WH2F0jlOZmLiLxogNFAZJ4isUTBAZ7NJku+Hi6yC5xIIPpT7AU75jBDPD3yWGVFrNyashP39FIx/ie8ahfHKUel+8uOpm4Dl55WxdljZuHag9aKpTAQHQvvK6r4oMUuu9r0Zm5kpfjI3zulhJ2ATYifbAurzfOEOWVC93zGhzAorALAz2k0L3KkjRZMGpwjEL3nfprwl+/V3+1g2MuYdM3+fSwXHCKFjhWDXasR8URmqF0VJwEDF/SkuP6hpbaTd/XxTSuL3gT/GVd3InrK7o4get3dcFnpryui/twfU0Xx3F9nreQLJjv6KLA9Xu6uBfXV3Vxmj60XBxwCpUlaLqYogHdJcdW3btovgfWfnrRvKrlwPCXcC0WzXd498WieZ4J4j1dFceYt7HRJEyuOEizjkbFEP3fg+WBj4Du8ufZvKbl/Rw/R3mPYl4GLsPj29gmK/P5rpbRS7QdxVfu432zxXGuBlIckHKS09iRBrMQ5UOKLkc4UfUClwGfkVhkCHyeVKbMnZG0qXsoRzaJGL4Mq7IvMC7NugspH224cF1iRobyyoUglpbMfUl7KfGS9w+84uWt8VndL3hbnoVvDUWY82WfQWgl+hPJita53UY8BGaHh0Byu03TqyR3v1S7HKRLPt/dhVwr4wVU8+0jjWW4URW5nCTn5wcvlTThiaORwoRRpTGf3KzTnmXcnmXkvSAv6FbFkfaQeI5Ggh/x5Bwj0TCiWtuY8IJETZ9mEmx+hidADmdFU/o+fjt7xrzBoxwsF5YdEXQ3Dgi5MM5BCunuJtGirJ8zi+YN7ckqmoAPRAgPwwe142oMqPkNHEQdeJXh+yjAibOSyQwFyK0X1bchk87n9Qve0Ivmh/WX72sZhEwmpTma54QFmuOcU8EQAGyuqoHNA+EyJ3OjDdQRzNjr5mZX+Piz24Khtx0/ee3MEs0v+xxVwVWar+pxjBFxfrQBH+UgbfJH4F00e0zKtCfF9d5q5Kkrp+2aVFTYJgv8ZV1vC+JUnNG4jJqv3BONO7BSgLyBmmlN6gjdJd0caKXCCEtBBQsLPwFSYqhbeZ56vNVQmhz3TaYqsN/rz/wVqRp7M3PGPqbds+6OZ92dnHX3xrOWLrnOHd3XLB9s+8kpYTbTFQsNuydWTk7jBgvXHn4kw7cyZF+ojxP4oxoTx73twUPqiEajn0P2GLA31m7ucvGqy65U5QEmYjj0RecoLQckKb4gFxyEPkud0cUc2k5MdjBPB5p3Kj4QBecIhXRQNBdvNDdJlVtbFof+dOgAUlamUek6qmgI92XkqOLOHxbGcWDBJItmC/M4gNhk8CR1aJZCSW103zMVHYbfjcoBCTczdBA+Xmy4Liw/X0zRQYTSz1IHHziU3qGzZ5SctjUFBnKsbnCMG8xJAwQtBiMJt3ck5n+MnVZ9hNvPQg/24XbD/eEr1fc53G6kmz4e7nPeAPQoCbdbmhoxk44ZTBa7MKZW2Ndk6dDoYt6nkkrenYGEnpimOaFmWrKHYpoeJ9R0a5s9rl0dXZquoCHAdLGUolzllOPUMyNTtU1agZWxT2OeyDGb5jN++dS8OjfCN59rNTcyVdvkRtgaYiR7oYmL145zI6Ykk8Q2OQW2ySSxTSaJbTJJgNpTUE3jPTJJ4slMEjvOJJl2nRV2TExjGz1SelANkXPAR64vKTDxzsSRWJp1kThimsSRs9KQYRTXMDoMXLA4Rv1PDpyu4ME4Ih1kvZQOQCgmdACuERyOMQBNHS54J2EXOqYk9nXp6MUxEU15IrL7E9GzYyJ6RjMV4XCrZ3RNR0c9HRVS461NQH2Ka/qI9yGgWCDBDeb2JKCYywELHcVj2MUN7OIJ2MUN7OIJ2MWAXTymob7QUHdMQ/0VdpsLDeU7aGiKaWgKx5GCWqaYhoL9aGgKzus2DfWvT0NTmCqGMXXbaYhPkuzfOg31b52GpkBDWmbxM9FQcD0amgIN6dtKQ5kXbiLQpnYKtL4XaHFNMn2QTPd6cqfPJPMcSKbPJPNt7QXPt3cRTCN4mGDwZHGApmqCmdqHYKZqgpnaj2CmWgQzPQbUdAOo6QlATTeAmp4A1DQANT0mmAO7hM4BEMwBTzDZmGD6vKBMMN1a6HTHQqe/B8H0GWNAlJ5gDlyfYLq10On++xE6B26dYA7cOsF0a6HThZS/NYLp31DodG+r0OnvFjppupNijMggIzLIsAyCScRJunfBO3QXDehkBTvspOwiWGBtE4rqhTwWi9IRPvZoYeQLefZo8Ck+oM47oLDh8IMtB9TdOxxQkqPAQxv4oRVdPrZitxrbpy6faAuYer1VNkLKfgjD6NrSW/tkBvO8hdWM/M7W6+utdqy3dsE/cjgu9+MfXeYfv4hPzD4+4bnHd/dTW62oraw7Z/x40b2O2mqvr7ba3Wor70yp1VY7qbbaWm21k2orUIa3abLamgnmZBCHYw6SgYN0JTCX7VRbY3btMgfJwUGQF5+POUgsHCQbR+hiyuGLyShGtJU5SHeCg2QNdWQy9lw4CFKQiphPC729HKTrD8htOEjWcJCs4SBZw0FwQnAXCG334CB2koNkYw6SCwdpZpHw/oNJDmJ3chArzeKdHGQXl82Fg2S3h4PENQf55ualsdp6uOAjvSqoqTHUVMNU08jcrth6OGm0It5Jku1JM59taOY/YpqBG+ANtVtJ5crzTC5RTS79mhr6+5BLv5a5/UmZOyaXfkvm/skhFXlITVJM1KKYaKeSyhTTGHp8aIk39IIWxURtimFDD9VbuA7YLoqJGmyIWoYehsGGXnTblVRPMVFDMVFDMVFDMVFDMdEtUEy0w9DT41ncMsUE16OYaVFSo9tIMZNKaiTiqq2VeqlimEKG+1PIVxsK+aKXKm+p3Tpp1tJJPX1ENX1E++ikUU0f0X46adSij2gMl6iBSzQBl6iBSzQBF4hL1LSpddLuLp3U08cunTTGcy2JggyE3RJFkhfaEgV+q1on7V5fJ81rnTSv+OyJwW1jBRMS5VZ00u5NbqmxuyRKM4tb0UmjG+qk+W3VST2fzLxOmolO2qGsSjlZV1fFQDY/+CiqEFER4KTu43SaA2V8nMIDdB/dy1+7+HqK5qjgr5mc4tDFZShnLsxThsDZPdTF5Rih/HpxGKn5FifQSzQNRIn9g6jTjEDaNAfSsGFwvcjoABiFRNMyF9I0B88Y4eR0ag6fjQ+fMUKTJ1qe+4xdto37F6m/OObC+63vHLt875x0+d65MiyzlpMa5Wb94+yjRjisz7/kPFgOh01zvWQemP8RiYLTow0MeRpeymagpjXQ/jhuAn9Ca6C26EvLOyWVpi8D7e8YqERJ+vVU68c5RLZcZDQtwas6h7SYprvhTG8iWVP1i0Kf59Ce2PxGxUeYSHBqCoEp6zbJDotpCUzV3Ta3kU3qA1ORBKUeoFNcJYymfZBsCvEps0Sn+LArYaaY3qnKr1iH+gjanBptwOjrtmJR2T7LnbWhmE1CMZtY7kygmO0JxWwnFPHqBxgD6/hSRg/UAYoOZRjmAxLkjGWY10HHaC90jG4OHaMJdIza4xvQETw63wqWdDj+My/xn6JPw12/Df1v2EGx6U2wm6UkaKGG7ryAVbaiK+477p1wTRs6Qm5ycZoiOoasTQD2YB1BPrhjuBHiPvdUReGHGu0z1KiNBdHOoUZSJoajkxhqdAMQj4daW8mw3iOgMUSxbFGCWFWei1IMq71bFSdpig1PThur8xRNnUY7mXvC9Tfa6SnFkTodZYqtcZ+SEvu9SEhJOVinpMzvn5JyH4XuW6YqhuN0lGHLG3Df7nQUmeZEKgrCVz+ZTEV5fzIV5WkzTkVBesYxDJX37vVwZGy4YH7K//6klYfBeSTPsJx52vDtQE4DChfMFt9+v5WecQ+faoNwCy5HJT3jMOFYHPiDcMkkPSOSvAzebW5xttmO9Ixj4/QMTioqC5+Q10rO4Kzy/dIz3qrDjG/psttOh5SNzD5/sTsOfje7LcqC8xkDQdiuz5EM6phplw/ZkvB3F+HvAKUJ6vC37zXgk7e4y6DpsknP6HK7iIrd6Rk/8ukZ0kQyF5v0jAgKXHe/WU5sUulOblLp1ueINUPym1S6TYh/PEdYY8GIn6lD/EGTntG93iYVTs/4lqnTM75lJD3jWdHJlnFo1TIjt92RnjGkoJWewc+ZRfOs8RuNuhPwgeTjYdRb8asxoJCeETTpGd8yO9MzWi9q0jOCdnrGs2bR/JbxX77lByGTQUjqeMUp1ge4YludntHlnQCtFetixQ6MNsSRxonPu9Mz9l27CQyN9sDQNn5GO/EzauFntDd+Rjvxs845Pu53ZdfpGcerehxjRDw+2uDzpmVaO5MU2pMy7UkFXqr+SOLywd6TiuTdxk9qMlEh2DNRQSbhExVqqJnWpHpSiC2ko5PpGW/qElveAjpalQGkVlYtmp/g6elWQ2ky7Zv0q0XztLn+zH/c5DXwnLvXmTMAAnS5jbOWLlP+9Z5m+eienVPCbA4jn1j7uVx/GjdYuPbwfXpG4E8ixPADOZowqjFx3NuePIQdAxlcZE3qBQ+Fo75GTlh83ucivuCzp16q3dNd4tP7xIUMAco+NuzzpyMUew+CWxqJp57PU6fwRPC8PhP8HMV0hB1tP1f7EaYopXk6OChkiZALVkSU1dZgNmENjh1sWR3TzbwDId7pYMvEgRDfZgdb3o4Cs4MtX+GiRRHNswPhIB1sosC2XZoErrTOrkyKloMNhbe7VSkwZ1eed7Pl13ezdcSNwEGT7u1ys43DnZTfupstv3U3W0fcCM0sbsXN1r2hY7ojboTotuZTSF54JvnFPT62kFVTbBdQn8o5rHVB9nAG3m5mEkFcKIbxNZjnMys5HGNGcrippPmCaluRoToLeOoGtNmEjsbUecTRaA8Cranz9Jg6F5g6+XSJSdqkmn1aCboyie7jsBmTaHJCffs9zU0S99x7uuKl24NSfarz/+u02v0PtPr/N1rteiJlki272FkG+iimYa4dlcrUu220zt42Wra3jXZcbLQDYqPdIzbaMbHRDouN1t/LRuvVNtpcbaMdpblJG+3eto02t8NGm7u+jZbvqwHne9lo97Z14HynDpy3dOB8bx0432Wj3Ttho+XeRru3ttGiSRttrm7SUo3nxEbD8RP7zHKuPcu8baPN4cyKvW00NlzmJueY0xzmmMsc5yZttLzp8wY2WrSnjTZ3Qxst2sNGy3fZaPmt22jR3jZadDM2WiQ2GrzlbKNlmEZe22hcmqNto+XrfEjJBvWqonczNlq2L4ZmN7DRsp34mbXwM9sbP7P9bLTODhuts4eN1vkT2GjZjWy0bNJa6YytlY5X9zM59K2zwmeMjK2VbF8brVvbaPfsstE6bIDd0zLA2EY7sMPvGMAGb6yaW7TRrjdnCNHds+6PZ92fnHX/xrOWLsVGG5vYE7sCOrWNduzfi42WjW20bNJGy27SRmv0vF6956Ol54kFxzsas7E51mOFb/o62h6Ntb05r+3N7aPtsZrXubGatyO7dg/9ztxWS6wj8hxHJTHXzFi76/DhvSus+nRYu0vH2l2G53qs3fWg3aEIZ2+s3WWi3XXa2l0GYPbqyMaIS2gYLkne0u46DVAkvk090e46YHmoKnm7A7q+RmKn0e46jXbXabS7TqPddeoaiTeh3XXG2l1PtLtmFrei3UU31O56ot11bmtAV7S7tNbuuIx0l39p7xvPY9llyptq6ULemdyhel8rJDDcKyTARBc0KYEXcn0k5TICjV0Xcsnk2FeJwuZcj1Fs5tl0D4MOsV+x+dLC0BQ0isD3hp42uZJnPN6ujiminBsqiQUoFdGOl/i4yPvv6rQ4OA6uiDHJoYln3tVVMT8OpXRaoZS5OpRyXx1KyXaFUo77UMqRSdgdacHu+L67e9/cY3fvLYRUDkJVP1pHVnjjq92tsoMOiuEulZ01+XyXyh5N6uoSXYlauvqUKPB92e4ai+ZuvOYOmoTKvjAOqyzsHVaJoLIviMoey67XiBZYZY9uKqzC8by0CYA0R8yx3IjGYZVUdLw6rJLWO0K7zCHF19mF4zBdGZZpvSPU95qO8AruMp0Iq0TjsAqKu0Sisg/aKimmMxFW4T2UCxIQHuwfVol3hVXq8cQ+rNIekvdid9vlNdI6rBJzQo/MMa7nGE2EVXB7Amw7VfbBTpXdLBcpLSx7JB+r7KjIfoTSWpOun4v2C6tEk2EVHP05BhRU9nSHyh65TYqGAuTWi+rbKJZ1I5V9ICp7TsOKSzfnElaJ6rCK7FOeDKvkLd02FZU9uqm1m8DQeA8MbeNnvBM/4xZ+xnvjZ7wTP2vtdiibeeN6M++wwibKSUQcjlACreDEwbhRXKMbxYri9qQinLW196TidqyoW08KniF+pkzrbEw++qjuIJbTj+rRjhGyHVaZ3qWy47xvpGOW6YTK3tbt0SSFVh/Xu15ZZb/OzH+sKXr45uZc5rd91tJlyr8eqJq3H9g5pVZYJd1PZffTSMcqe4Q37rFw7eH7rcqpnGCYtoYf15g47m1PHgJznVX2es/uYJfKHiHrMqV5ScRkBT6vJC8zh8p+cJyD6VX2wVhlh555kEIUSRGVfZ4yuo/mBiTOAU7CjG9b9mXkc/pROa7O548m8/mjOp8/msznjzhts87n93ncMQ1GzDVTVkf4oEwcsUxIFrlvhLpcc4QEThSu46xNVtntMle3j6SCu6jsqajs8Tj7Ekk3aZ2MBEaB7HaUSRmIyh7Vdkw0mV9o6xxM6Gd+6+CfeMJ2rLIPRGWPoSewys6fWGXnT6yy8ydW2TGjAZf620NlTxuV3bPQqFbZbZ2DGVdFKsmVRvyyUaOym7o5/8CD5WZpo7J7GJkGRvWuDVHZY6jsf3LgpIINuc/BzIsgS8I6htJBgmDH16Ob0N3Dsd5en1ISie55XIwc1hSP1Lpnq1ShpHAaX8psnrfhMKFBw+7YTVShF2IUVEIkYKxh8zlcvP3nqGj6srNH85NiN7a0fHkSNZxEvz9al20J0snn1fWelzcHMmJg/BW2ybkAEx8OZ7gaX2ExOkL9YaaeGYhByg3KTVNpl/MQhYk93YQpKhFnnOSF5gnNAO+X8yB1fxtnu3XgncwVHjmJRedqa1LgOuZzwEUlSBZQenmZZpbXuLJ2ciJ49h1fgPlZKaX0Bio+o/Qd1z2ybJR/uKKZGsCJb0S2WsSVixKhyqddcsT5fPUjDWTkgcJHxN6QulsnUBAacaZX3tGt4wqe2nEewxlphvbPSfvXbtD+ubr989L+uzdo/3zd/iVp//oN2qPZDOr0EyOGpRmwO/hsmFVJFF66Kx704yge8hMoPupnXpwNUGksmDyMgs7ufF95toZAcEIl7aYf3dX0o/XkUee/3fShXU0fqueNkwDaTR/c1fRBmTImCDfYw2KzU3SJg0iBLPiHW6vNtWNQ4PvniFD/lQuhcWF1VC7/QH102eKJQJVnz23+WTpLM3T/6IU/uyZlciNU7K7LkDupjWpRt1DqkbOHd0Epc5XOoItfOEe/ghJZDN/ywXPxNz2Iy4fO6W8+5Veg/Oi5TL689I4uz56b/uZT9ND+x4D8xf1OAKEHf5aHPvqzPHT2Z3iIHQI84fGhIU+l9AtP0YfpF35vUP7ehTxO6/NJDCr4mpShX1ps1MpxfozFsS4WZdbvd7r4eWbDgRxrFoFn3c8HVngOZz1rs/iXLFm3cX5Iln6ez5dLFnCGg5Saf/pdLeW4t7gcN5etXzCvvcvlCQcHhDm8JkXQUFhf23EhdBydxCffBNAn+NQ8fxYmbsg5j3zHyPGackRmfQgEDx+eiOapBD9/QOqiRmmXj+kc3K3SNFAqTf/RdFe5Z5I01Eoprdy3k/R/sfJZqb+qlHpDKfVrWqmvK6V+Xyn1j5RSxij1VaXU31RK/QOl1NAo9bhS6o+VUn9fKfW0UWqklPrnSqnXlFL/wn9Hp/+dUmo1UKpSSj2mlXpVKfWfWqW+rJQ6b5T6uwqpS0qtKaVe8t9fipT6C0qpnw+U+iOl1IuxUs8opV4PlPo7SqlfSmSsv23l94OJUn+olPpcKL//j5FS/xPG5b//jv/uh8R/oVIqV0rdoZT6KOaslLqGP63UtUCpa7FS1/pKXZtX6trHlLq2qdS1bfxpdW07UNe2Y3Vtu6+ubc+ra9sfU9e2N9W17W386Wvb28G17e342vZ2/9r29vy17e2PXdve3sSxmDaM4qTTTbO81x9MTc/MHjh4aO7wkeHRO47NB0op68cWKaVipVSilOoopbpKqVQplflx95RSfaXUQCk1pZSaVkrNKKVmlVIHABOl1CGl1JxS6rBS6gjWTSl11M/5mFJqXuE4G6UKrIFS6k6l1F1KqXuUUieUUvcphQMS1YeUQv1N9WcAe6XUo0qp31BKBVqpwCgVWKWCRKlgoHACjgqWlAq2lAqAYc/l6QGttTYmCKwNx5NX7jt5+p9oLIZBZz/j5Kf9pA/6yR71k1pQSp1WSi0ppbbqlTf+JYl/mCYbuDd76X9tm9G2Vkq3HtRK60iwCbfQEV9JKSYrTCLwV+uvvn0Y+2vHX7v+msk16gmShgN/nfXXg3w14VG+BiHJ68PT/N4oXOLvccgTUUnEs1XdSEaWRRgk+XHiwXqcxo+7Hmfov9fjTPz3epypH2fO98fjnPbf63HO8fd6nAGOasNjdonhJVdqxtuJeGVUGgHAp1tw1f799TgDf63HGflrPc6Ov6b+WsO178dXj3OWr/U4Ba7kx0kerkoNIkGbfiQY0osYW1Qe4fShZ2fSv4SDQHXogePfZT8qkwqvMZT7IXiHUgdC8AoAQxrG9tf4moXgM0pNh+ArSh0KwUswxztkMe01vvZC8CGlZkPwHQBZM5DqftLwGq/aVAgepdTBEHwJSJJzu7qfPARPU2omBA/D4mm/KDLubniNsXcQgt8pdTQEH1NqiGus1BFcA6UO46qVmsNVuecOpL9pW6QReRKwtrVkbVJIdpBCG7VwHfjrjL8e9NfD/nrUX+f9tRRUjO7y1xOCitEpQcHoQRlO9EsC/eg3POqBgw38OBlcLdSqSZZ2k2zURi1cp/31gL/O+evQX4/5a+HHd6e/3uPHeZ8f54f8OP+MB9ejnqTBbcmP87S/DlrjjXeQQrdFCmPWoqIpf53110P+esRf7/BX8iQQeBIIPAkEngQCEtYSDIR0g0RYTmCVe/lw+pT2TD32zBrrBHwEbgOxgDvAI+AU8AvEAYQF8m9v408rIBqQDgi4vT2vtrc/piBIt7e38ae3t7eD7e3teHt7u7+9vT2/vb39sW00cN85kv7HbY6vdnD/tkSomXv7L2n97RZF7rlhGjzX1/8P";var Ne=new TextEncoder;var fe=4096;function q(s,e,t){let n=e,i=n+t,r=[],o="";for(;n<i;){let a=s[n++];if((a&128)===0)r.push(a);else if((a&224)===192){let l=s[n++]&63;r.push((a&31)<<6|l)}else if((a&240)===224){let l=s[n++]&63,j=s[n++]&63;r.push((a&31)<<12|l<<6|j)}else if((a&248)===240){let l=s[n++]&63,j=s[n++]&63,le=s[n++]&63,p=(a&7)<<18|l<<12|j<<6|le;p>65535&&(p-=65536,r.push(p>>>10&1023|55296),p=56320|p&1023),r.push(p)}else r.push(a);r.length>=fe&&(o+=String.fromCharCode(...r),r.length=0)}return r.length>0&&(o+=String.fromCharCode(...r)),o}var ue=new TextDecoder,pe=200;function me(s,e,t){let n=s.subarray(e,e+t);return ue.decode(n)}function Q(s,e,t){return t>pe?me(s,e,t):q(s,e,t)}var u=class{type;data;constructor(e,t){this.type=e,this.data=t}};var c=class s extends Error{constructor(e){super(e);let t=Object.create(s.prototype);Object.setPrototypeOf(this,t),Object.defineProperty(this,"name",{configurable:!0,enumerable:!1,value:s.name})}};function Y(s,e,t){let n=Math.floor(t/4294967296),i=t;s.setUint32(e,n),s.setUint32(e+4,i)}function U(s,e){let t=s.getInt32(e),n=s.getUint32(e+4);return t*4294967296+n}function _(s,e){let t=s.getUint32(e),n=s.getUint32(e+4);return t*4294967296+n}var ye=-1,xe=4294967296-1,ge=17179869184-1;function we({sec:s,nsec:e}){if(s>=0&&e>=0&&s<=ge)if(e===0&&s<=xe){let t=new Uint8Array(4);return new DataView(t.buffer).setUint32(0,s),t}else{let t=s/4294967296,n=s&4294967295,i=new Uint8Array(8),r=new DataView(i.buffer);return r.setUint32(0,e<<2|t&3),r.setUint32(4,n),i}else{let t=new Uint8Array(12),n=new DataView(t.buffer);return n.setUint32(0,e),Y(n,4,s),t}}function be(s){let e=s.getTime(),t=Math.floor(e/1e3),n=(e-t*1e3)*1e6,i=Math.floor(n/1e9);return{sec:t+i,nsec:n-i*1e9}}function Se(s){if(s instanceof Date){let e=be(s);return we(e)}else return null}function Ue(s){let e=new DataView(s.buffer,s.byteOffset,s.byteLength);switch(s.byteLength){case 4:return{sec:e.getUint32(0),nsec:0};case 8:{let t=e.getUint32(0),n=e.getUint32(4),i=(t&3)*4294967296+n,r=t>>>2;return{sec:i,nsec:r}}case 12:{let t=U(e,4),n=e.getUint32(0);return{sec:t,nsec:n}}default:throw new c(`Unrecognized data size for timestamp (expected 4, 8, or 12): ${s.length}`)}}function Me(s){let e=Ue(s);return new Date(e.sec*1e3+e.nsec/1e6)}var $={type:ye,encode:Se,decode:Me};var M=class s{static defaultCodec=new s;__brand;builtInEncoders=[];builtInDecoders=[];encoders=[];decoders=[];constructor(){this.register($)}register({type:e,encode:t,decode:n}){if(e>=0)this.encoders[e]=t,this.decoders[e]=n;else{let i=-1-e;this.builtInEncoders[i]=t,this.builtInDecoders[i]=n}}tryToEncode(e,t){for(let n=0;n<this.builtInEncoders.length;n++){let i=this.builtInEncoders[n];if(i!=null){let r=i(e,t);if(r!=null){let o=-1-n;return new u(o,r)}}}for(let n=0;n<this.encoders.length;n++){let i=this.encoders[n];if(i!=null){let r=i(e,t);if(r!=null){let o=n;return new u(o,r)}}}return e instanceof u?e:null}decode(e,t,n){let i=t<0?this.builtInDecoders[-1-t]:this.decoders[t];return i?i(e,t,n):new u(t,e)}};function Te(s){return s instanceof ArrayBuffer||typeof SharedArrayBuffer<"u"&&s instanceof SharedArrayBuffer}function G(s){return s instanceof Uint8Array?s:ArrayBuffer.isView(s)?new Uint8Array(s.buffer,s.byteOffset,s.byteLength):Te(s)?new Uint8Array(s):Uint8Array.from(s)}function T(s){return`${s<0?"-":""}0x${Math.abs(s).toString(16).padStart(2,"0")}`}var ke=16,Ae=16,k=class{hit=0;miss=0;caches;maxKeyLength;maxLengthPerKey;constructor(e=ke,t=Ae){this.maxKeyLength=e,this.maxLengthPerKey=t,this.caches=[];for(let n=0;n<this.maxKeyLength;n++)this.caches.push([])}canBeCached(e){return e>0&&e<=this.maxKeyLength}find(e,t,n){let i=this.caches[n-1];e:for(let r of i){let o=r.bytes;for(let a=0;a<n;a++)if(o[a]!==e[t+a])continue e;return r.str}return null}store(e,t){let n=this.caches[e.length-1],i={bytes:e,str:t};n.length>=this.maxLengthPerKey?n[Math.random()*n.length|0]=i:n.push(i)}decode(e,t,n){let i=this.find(e,t,n);if(i!=null)return this.hit++,i;this.miss++;let r=q(e,t,n),o=Uint8Array.prototype.slice.call(e,t,t+n);return this.store(o,r),r}};var W="array",w="map_key",te="map_value",ve=s=>{if(typeof s=="string"||typeof s=="number")return s;throw new c("The type of key must be string or number but "+typeof s)},z=class{stack=[];stackHeadPosition=-1;get length(){return this.stackHeadPosition+1}top(){return this.stack[this.stackHeadPosition]}pushArrayState(e){let t=this.getUninitializedStateFromPool();t.type=W,t.position=0,t.size=e,t.array=new Array(e)}pushMapState(e){let t=this.getUninitializedStateFromPool();t.type=w,t.readCount=0,t.size=e,t.map={}}getUninitializedStateFromPool(){if(this.stackHeadPosition++,this.stackHeadPosition===this.stack.length){let e={type:void 0,size:0,array:void 0,position:0,readCount:0,map:void 0,key:null};this.stack.push(e)}return this.stack[this.stackHeadPosition]}release(e){if(this.stack[this.stackHeadPosition]!==e)throw new Error("Invalid stack state. Released state is not on top of the stack.");if(e.type===W){let n=e;n.size=0,n.array=void 0,n.position=0,n.type=void 0}if(e.type===w||e.type===te){let n=e;n.size=0,n.map=void 0,n.readCount=0,n.type=void 0}this.stackHeadPosition--}reset(){this.stack.length=0,this.stackHeadPosition=-1}},g=-1,Z=new DataView(new ArrayBuffer(0)),Ee=new Uint8Array(Z.buffer);try{Z.getInt8(0)}catch(s){if(!(s instanceof RangeError))throw new Error("This module is not supported in the current JavaScript engine because DataView does not throw RangeError on out-of-bounds access")}var ee=new RangeError("Insufficient data"),Be=new k,b=class s{extensionCodec;context;useBigInt64;rawStrings;maxStrLength;maxBinLength;maxArrayLength;maxMapLength;maxExtLength;keyDecoder;mapKeyConverter;totalPos=0;pos=0;view=Z;bytes=Ee;headByte=g;stack=new z;entered=!1;constructor(e){this.extensionCodec=e?.extensionCodec??M.defaultCodec,this.context=e?.context,this.useBigInt64=e?.useBigInt64??!1,this.rawStrings=e?.rawStrings??!1,this.maxStrLength=e?.maxStrLength??4294967295,this.maxBinLength=e?.maxBinLength??4294967295,this.maxArrayLength=e?.maxArrayLength??4294967295,this.maxMapLength=e?.maxMapLength??4294967295,this.maxExtLength=e?.maxExtLength??4294967295,this.keyDecoder=e?.keyDecoder!==void 0?e.keyDecoder:Be,this.mapKeyConverter=e?.mapKeyConverter??ve}clone(){return new s({extensionCodec:this.extensionCodec,context:this.context,useBigInt64:this.useBigInt64,rawStrings:this.rawStrings,maxStrLength:this.maxStrLength,maxBinLength:this.maxBinLength,maxArrayLength:this.maxArrayLength,maxMapLength:this.maxMapLength,maxExtLength:this.maxExtLength,keyDecoder:this.keyDecoder})}reinitializeState(){this.totalPos=0,this.headByte=g,this.stack.reset()}setBuffer(e){let t=G(e);this.bytes=t,this.view=new DataView(t.buffer,t.byteOffset,t.byteLength),this.pos=0}appendBuffer(e){if(this.headByte===g&&!this.hasRemaining(1))this.setBuffer(e);else{let t=this.bytes.subarray(this.pos),n=G(e),i=new Uint8Array(t.length+n.length);i.set(t),i.set(n,t.length),this.setBuffer(i)}}hasRemaining(e){return this.view.byteLength-this.pos>=e}createExtraByteError(e){let{view:t,pos:n}=this;return new RangeError(`Extra ${t.byteLength-n} of ${t.byteLength} byte(s) found at buffer[${e}]`)}decode(e){if(this.entered)return this.clone().decode(e);try{this.entered=!0,this.reinitializeState(),this.setBuffer(e);let t=this.doDecodeSync();if(this.hasRemaining(1))throw this.createExtraByteError(this.pos);return t}finally{this.entered=!1}}*decodeMulti(e){if(this.entered){yield*this.clone().decodeMulti(e);return}try{for(this.entered=!0,this.reinitializeState(),this.setBuffer(e);this.hasRemaining(1);)yield this.doDecodeSync()}finally{this.entered=!1}}async decodeAsync(e){if(this.entered)return this.clone().decodeAsync(e);try{this.entered=!0;let t=!1,n;for await(let a of e){if(t)throw this.entered=!1,this.createExtraByteError(this.totalPos);this.appendBuffer(a);try{n=this.doDecodeSync(),t=!0}catch(l){if(!(l instanceof RangeError))throw l}this.totalPos+=this.pos}if(t){if(this.hasRemaining(1))throw this.createExtraByteError(this.totalPos);return n}let{headByte:i,pos:r,totalPos:o}=this;throw new RangeError(`Insufficient data in parsing ${T(i)} at ${o} (${r} in the current buffer)`)}finally{this.entered=!1}}decodeArrayStream(e){return this.decodeMultiAsync(e,!0)}decodeStream(e){return this.decodeMultiAsync(e,!1)}async*decodeMultiAsync(e,t){if(this.entered){yield*this.clone().decodeMultiAsync(e,t);return}try{this.entered=!0;let n=t,i=-1;for await(let r of e){if(t&&i===0)throw this.createExtraByteError(this.totalPos);this.appendBuffer(r),n&&(i=this.readArraySize(),n=!1,this.complete());try{for(;yield this.doDecodeSync(),--i!==0;);}catch(o){if(!(o instanceof RangeError))throw o}this.totalPos+=this.pos}}finally{this.entered=!1}}doDecodeSync(){e:for(;;){let e=this.readHeadByte(),t;if(e>=224)t=e-256;else if(e<192)if(e<128)t=e;else if(e<144){let i=e-128;if(i!==0){this.pushMapState(i),this.complete();continue e}else t={}}else if(e<160){let i=e-144;if(i!==0){this.pushArrayState(i),this.complete();continue e}else t=[]}else{let i=e-160;t=this.decodeString(i,0)}else if(e===192)t=null;else if(e===194)t=!1;else if(e===195)t=!0;else if(e===202)t=this.readF32();else if(e===203)t=this.readF64();else if(e===204)t=this.readU8();else if(e===205)t=this.readU16();else if(e===206)t=this.readU32();else if(e===207)this.useBigInt64?t=this.readU64AsBigInt():t=this.readU64();else if(e===208)t=this.readI8();else if(e===209)t=this.readI16();else if(e===210)t=this.readI32();else if(e===211)this.useBigInt64?t=this.readI64AsBigInt():t=this.readI64();else if(e===217){let i=this.lookU8();t=this.decodeString(i,1)}else if(e===218){let i=this.lookU16();t=this.decodeString(i,2)}else if(e===219){let i=this.lookU32();t=this.decodeString(i,4)}else if(e===220){let i=this.readU16();if(i!==0){this.pushArrayState(i),this.complete();continue e}else t=[]}else if(e===221){let i=this.readU32();if(i!==0){this.pushArrayState(i),this.complete();continue e}else t=[]}else if(e===222){let i=this.readU16();if(i!==0){this.pushMapState(i),this.complete();continue e}else t={}}else if(e===223){let i=this.readU32();if(i!==0){this.pushMapState(i),this.complete();continue e}else t={}}else if(e===196){let i=this.lookU8();t=this.decodeBinary(i,1)}else if(e===197){let i=this.lookU16();t=this.decodeBinary(i,2)}else if(e===198){let i=this.lookU32();t=this.decodeBinary(i,4)}else if(e===212)t=this.decodeExtension(1,0);else if(e===213)t=this.decodeExtension(2,0);else if(e===214)t=this.decodeExtension(4,0);else if(e===215)t=this.decodeExtension(8,0);else if(e===216)t=this.decodeExtension(16,0);else if(e===199){let i=this.lookU8();t=this.decodeExtension(i,1)}else if(e===200){let i=this.lookU16();t=this.decodeExtension(i,2)}else if(e===201){let i=this.lookU32();t=this.decodeExtension(i,4)}else throw new c(`Unrecognized type byte: ${T(e)}`);this.complete();let n=this.stack;for(;n.length>0;){let i=n.top();if(i.type===W)if(i.array[i.position]=t,i.position++,i.position===i.size)t=i.array,n.release(i);else continue e;else if(i.type===w){if(t==="__proto__")throw new c("The key __proto__ is not allowed");i.key=this.mapKeyConverter(t),i.type=te;continue e}else if(i.map[i.key]=t,i.readCount++,i.readCount===i.size)t=i.map,n.release(i);else{i.key=null,i.type=w;continue e}}return t}}readHeadByte(){return this.headByte===g&&(this.headByte=this.readU8()),this.headByte}complete(){this.headByte=g}readArraySize(){let e=this.readHeadByte();switch(e){case 220:return this.readU16();case 221:return this.readU32();default:{if(e<160)return e-144;throw new c(`Unrecognized array type byte: ${T(e)}`)}}}pushMapState(e){if(e>this.maxMapLength)throw new c(`Max length exceeded: map length (${e}) > maxMapLengthLength (${this.maxMapLength})`);this.stack.pushMapState(e)}pushArrayState(e){if(e>this.maxArrayLength)throw new c(`Max length exceeded: array length (${e}) > maxArrayLength (${this.maxArrayLength})`);this.stack.pushArrayState(e)}decodeString(e,t){return!this.rawStrings||this.stateIsMapKey()?this.decodeUtf8String(e,t):this.decodeBinary(e,t)}decodeUtf8String(e,t){if(e>this.maxStrLength)throw new c(`Max length exceeded: UTF-8 byte length (${e}) > maxStrLength (${this.maxStrLength})`);if(this.bytes.byteLength<this.pos+t+e)throw ee;let n=this.pos+t,i;return this.stateIsMapKey()&&this.keyDecoder?.canBeCached(e)?i=this.keyDecoder.decode(this.bytes,n,e):i=Q(this.bytes,n,e),this.pos+=t+e,i}stateIsMapKey(){return this.stack.length>0?this.stack.top().type===w:!1}decodeBinary(e,t){if(e>this.maxBinLength)throw new c(`Max length exceeded: bin length (${e}) > maxBinLength (${this.maxBinLength})`);if(!this.hasRemaining(e+t))throw ee;let n=this.pos+t,i=this.bytes.subarray(n,n+e);return this.pos+=t+e,i}decodeExtension(e,t){if(e>this.maxExtLength)throw new c(`Max length exceeded: ext length (${e}) > maxExtLength (${this.maxExtLength})`);let n=this.view.getInt8(this.pos+t),i=this.decodeBinary(e,t+1);return this.extensionCodec.decode(i,n,this.context)}lookU8(){return this.view.getUint8(this.pos)}lookU16(){return this.view.getUint16(this.pos)}lookU32(){return this.view.getUint32(this.pos)}readU8(){let e=this.view.getUint8(this.pos);return this.pos++,e}readI8(){let e=this.view.getInt8(this.pos);return this.pos++,e}readU16(){let e=this.view.getUint16(this.pos);return this.pos+=2,e}readI16(){let e=this.view.getInt16(this.pos);return this.pos+=2,e}readU32(){let e=this.view.getUint32(this.pos);return this.pos+=4,e}readI32(){let e=this.view.getInt32(this.pos);return this.pos+=4,e}readU64(){let e=_(this.view,this.pos);return this.pos+=8,e}readI64(){let e=U(this.view,this.pos);return this.pos+=8,e}readU64AsBigInt(){let e=this.view.getBigUint64(this.pos);return this.pos+=8,e}readI64AsBigInt(){let e=this.view.getBigInt64(this.pos);return this.pos+=8,e}readF32(){let e=this.view.getFloat32(this.pos);return this.pos+=4,e}readF64(){let e=this.view.getFloat64(this.pos);return this.pos+=8,e}};var h=class extends Error{name="WindowError"};function ne(s){let{timestampSec:e}=s;if(typeof e!="number")throw new h("window without timestampSec");let t={timestampSec:e,epoch:S(s,"epoch"),seq:S(s,"seq"),own:S(s,"own"),reset:s.reset===!0,resync:s.resync===!0,pong:S(s,"pong"),hello:He(s.hello)};if(t.epoch===void 0!=(t.seq===void 0))throw new h("window with one of epoch and seq");return t}function He(s){if(s===void 0)return;if(typeof s!="object"||s===null)throw new h("hello that is no map");let e=s,{resumed:t,session:n=""}=e;if(t!=="client"&&t!=="scene"&&t!=="")throw new h("hello without resumed");if(typeof n!="string")throw new h("hello with a session that is no text");return{client:S(e,"client")??0,resumed:t,session:n}}function S(s,e){let t=s[e];if(t!==void 0){if(!Number.isSafeInteger(t)||t<0)throw new h(`${e} that is no sequence`);return t}}var se=8,De=1<<20,Pe=65536,A=class{#e;#i;#n=new b;constructor(e,t){this.#e=e,this.#i=t}decode(e){let t=this.#t(e),n=Le(this.#s(t));return t.byteLength>=De&&v(n.messages),{...n,buffer:t.buffer}}#t(e){let t=Re(e);if(t>this.#i)throw new h(`window of ${t} bytes exceeds the limit of ${this.#i}`);let n;try{n=this.#e.decode(new Uint8Array(e,se),t)}catch(i){throw new h("corrupt zstd data",{cause:i})}if(n.byteLength!==t)throw new h(`corrupt zstd data: ${n.byteLength} of ${t} bytes`);return n}#s(e){try{return this.#n.decode(e)}catch(t){throw new h("corrupt MessagePack",{cause:t})}}};function Re(s){if(s.byteLength<se)throw new h(`frame of ${s.byteLength} bytes has no size`);let e=new DataView(s),t=e.getUint32(0,!0)+e.getUint32(4,!0)*2**32;if(t===0)throw new h("empty window");return t}function Le(s){let e=s??{},t=ne(e),{messages:n}=e;if(!Array.isArray(n))throw new h("window without messages");if(!n.every(Ke))throw new h("message that is no map");return{head:t,messages:n}}function Ke(s){return typeof s=="object"&&s!==null&&!Array.isArray(s)&&!(s instanceof Uint8Array)}function v(s,e=Pe){if(s instanceof Uint8Array)return s.byteLength<e?s.slice():s;if(Array.isArray(s)&&typeof s[0]=="number")return s;if(typeof s=="object"&&s!==null){let t=s;for(let n of Object.keys(t))t[n]=v(t[n],e)}return s}var Ce={baseMs:250,capMs:1e4};function ie(s,e=Ce,t=Math.random){let n=Math.min(e.capMs,e.baseMs*2**s);return t()*n}var d={Normal:1e3,GoingAway:1001,ProtocolError:1002,UnsupportedData:1003,NoStatus:1005,Abnormal:1006,InvalidPayload:1007,PolicyViolation:1008,MessageTooBig:1009,MandatoryExtension:1010,InternalError:1011,ServiceRestart:1012,TryAgainLater:1013,BadGateway:1014,TLSHandshake:1015,CorruptWindow:4007,Unauthorized:4401,Forbidden:4403},Fe=new Map([[d.Normal,"never"],[d.ProtocolError,"never"],[d.UnsupportedData,"never"],[d.InvalidPayload,"never"],[d.PolicyViolation,"never"],[d.MandatoryExtension,"never"],[d.ServiceRestart,"at once"],[d.Unauthorized,"never"],[d.Forbidden,"never"]]);function re(s){return Fe.get(s)??"backoff"}var E={epoch:void 0,seq:0};function ae({epoch:s,seq:e}){return s===void 0||e===void 0?void 0:{epoch:s,seq:e}}var oe="scenewire.resume";function he({epoch:s,seq:e,own:t,session:n}){return s===void 0?oe:[oe,s,e,t,n||"-"].join(".")}var B=class{#e=[];note(e,t){let n=Math.floor(t/1e3),i=this.#e.at(-1);if(i?.number===n){i.minMs=Math.min(i.minMs,e),i.maxMs=Math.max(i.maxMs,e);return}this.#e=this.#e.filter(r=>r.number>n-10),this.#e.push({number:n,minMs:e,maxMs:e})}get minMs(){return this.#e.length===0?Number.NaN:Math.min(...this.#e.map(({minMs:e})=>e))}get maxMs(){return this.#e.length===0?Number.NaN:Math.max(...this.#e.map(({maxMs:e})=>e))}clear(){this.#e=[]}};var H=class{#e;#i=new B;#n=[];#t;constructor(e){this.#e=e}add(e,t,n){let i=1e3*e;this.#i.note(t-i,t);let{minMs:r,maxMs:o}=this.#i,a=i+r+Math.min(o-r,this.#e);this.#n.push({dueMs:a,act:n}),this.#t===void 0&&this.#s(t)}flush(){clearTimeout(this.#t),this.#t=void 0;let e=this.#n;this.#n=[];for(let{act:t}of e)t()}restart(){this.flush(),this.#i.clear()}#s(e){this.#t=void 0;let t=0;for(;t<this.#n.length&&this.#n[t].dueMs<e+1;)t++;for(let{act:i}of this.#n.splice(0,t))i();let n=this.#n[0];n!==void 0&&(this.#t=setTimeout(()=>this.#s(m()),n.dueMs-e))}};function m(){return performance.timeOrigin+performance.now()}var Ie=4e3,D=class{#e;#i;#n=0;#t;#s;constructor(e,t){this.#e=e,this.#i=t}start(){this.stop(),this.#t=m(),this.#e(++this.#n)}stop(){clearTimeout(this.#s),this.#t=void 0}answered(e){e!==this.#n||this.#t===void 0||(this.#i(m()-this.#t),this.#t=void 0,this.#s=setTimeout(()=>this.start(),Ie))}};var P=class{#e;constructor(e){this.#e=new Map(Object.entries(e).map(([t,n])=>[t,n.split(/[{}]/)]))}get size(){return this.#e.size}keyOf(e){let t=e;return this.#e.get(e.type)?.map((n,i)=>i%2===0?n:String(t[n])).join("")}};var L=class{#e;#i;#n=new Map;#t=0;#s=0;constructor(e,t){this.#e=new P(e),this.#i=t}get bytes(){return this.#t}put(e){for(let t of e)this.#o(t);return this.#t<=this.#i}take(){let e=Array.from(this.#n.values(),({message:t})=>t);return this.clear(),e}clear(){this.#n.clear(),this.#t=0}#o(e){let t=this.#e.keyOf(e),n=t===void 0?this.#s++:`${e.type}\n${t}`;this.#t-=this.#n.get(n)?.bytes??0,this.#n.delete(n);let i=de(e);this.#n.set(n,{message:e,bytes:i}),this.#t+=i}},R=16;function de(s){if(typeof s=="string")return R+2*s.length;if(s instanceof Uint8Array)return R+s.buffer.byteLength;if(typeof s!="object"||s===null)return R;let e=R;for(let t of Object.values(s))e+=de(t);return e}var ce="scenewire.v1",K=class{#e;#i;#n;#t;#s;#o;#r;#a;#h;#l;#f;#d;#m=!1;#u;#c="none";constructor(e,t,n=!1,i){this.#e=e,this.#i=t,this.#o=n,this.#r=this.#x,this.#a=this.#h=i??E,this.#l=i?.own??0,this.#f=i?.session??"",this.#d=i!==void 0,this.#n=new H(e.smoothingMs),this.#t=new L(e.keys,e.maxHiddenBytes),this.#s=new D(r=>this.#w({ping:r}),r=>t.report({kind:"rtt",rttMs:r},[]))}get protocols(){let{protocols:e,resume:t}=this.#e;return!t||!e.includes(ce)?[...e]:[...e,he(this.#v(this.#a))]}opened(e){let t=this.#e.resume&&e===ce;this.#c=t?"to greet":"silent",t||this.#S()}ended(){this.#s.stop(),this.#n.flush(),this.#c="none"}forget(){this.#a=E}take(e,t){let{head:n,messages:i,buffer:r}=e;if(n.pong!==void 0)return this.#s.answered(n.pong);if(this.#c==="to greet")this.#y(n);else if(this.#T(n))n.reset&&this.#g();else return;this.#l=n.own??this.#l,this.#a=ae(n)??this.#a;let o={timestampSec:n.timestampSec,receivedMs:m(),wireBytes:t};if(n.own===void 0&&this.#r==="holding")return this.#U(i,o);this.#r==="live"&&(this.#h=this.#a),i.length>0&&this.#A({messages:i,...o},[r])}hide(e){if(this.#o!==e){if(this.#o=e,this.#w({hidden:e}),!e)return this.#M();this.#s.stop(),this.#n.flush(),this.#r==="live"&&(this.#r=this.#x)}}applied({epoch:e,seq:t,own:n}){this.#w(e!==void 0&&e===this.#a.epoch?{seq:t,own:n}:{own:n})}#y(e){if(e.hello===void 0)return this.#c="silent",this.#S();this.#c="greeted",this.#b(),e.reset&&this.#S();let{client:t,resumed:n,session:i}=e.hello;this.#l=0,this.#f=i,this.#i.report({kind:"hello",hello:{client:t,resumed:n}},[]),this.#o?this.#w({hidden:!0}):this.#s.start(),this.#e.maxRate>0&&this.#w({maxRate:this.#e.maxRate})}#T({own:e,reset:t,resync:n}){return e!==void 0?!0:(this.#r==="waiting"?!n:this.#r==="lost"&&!t)?!1:(this.#b(),!0)}get#x(){return this.#o&&this.#e.hold?"holding":"live"}#b(){(this.#r==="lost"||this.#r==="waiting")&&(this.#r=this.#x)}#S(){this.#n.restart(),this.#b(),this.#g()}#g(){this.#p(),this.#a=this.#h=E,this.#m=this.#d&&this.#r!=="live",this.#m||this.#k()}#k(){this.#n.flush(),this.#d&&this.#i.report({kind:"reset"},[]),this.#d=this.#m=!1}#U(e,t){e.length!==0&&(v(e,Number.POSITIVE_INFINITY),this.#u={...t,wireBytes:t.wireBytes+(this.#u?.wireBytes??0)},!this.#t.put(e)&&(this.#p(),this.#r="lost",this.#a=this.#h))}#p(){this.#t.clear(),this.#u=void 0}#M(){if(this.#c==="greeted"&&this.#s.start(),this.#r==="lost")return this.#r="waiting",this.#c==="silent"?this.#i.restart():this.#w({resync:this.#h.epoch===void 0?0:this.#h.seq});if(this.#r!=="holding")return;this.#r="live",this.#h=this.#a,this.#m&&this.#i.report({kind:"reset"},[]);let e=this.#t.take();this.#u!==void 0&&this.#A({messages:e,...this.#u},[]),this.#u=void 0}#A(e,t){this.#d=!0;let n=this.#v(this.#h),i=()=>this.#i.report({kind:"window",window:e,position:n},t);this.#e.smoothingMs===0||this.#o?i():this.#n.add(e.timestampSec,e.receivedMs,i)}#w(e){this.#c==="greeted"&&this.#i.say(e)}#v({epoch:e,seq:t}){return{epoch:e,seq:t,own:this.#l,session:this.#f}}};var C=class{#e;#i;#n;#t=new Map;#s=0;#o=0;constructor(e=1024,t=4<<20,n="dropOldest"){this.#e=n,this.#i=e,this.#n=t}get length(){return this.#t.size}get bytes(){return this.#s}push(e,t){if(e.byteLength>this.#n||this.#e==="dropNewest"&&!this.#r(e,t))return{messages:1,bytes:e.byteLength};let n=t??this.#o++;return this.#h(n),this.#t.set(n,e),this.#s+=e.byteLength,this.#a()}shift(){let e=this.#t.entries().next().value;if(e!==void 0)return this.#h(e[0]),e[1]}#r(e,t){let n=t===void 0?void 0:this.#t.get(t),i=this.#t.size+(n===void 0?1:0),r=this.#s+e.byteLength-(n?.byteLength??0);return i<=this.#i&&r<=this.#n}#a(){let e=0,t=0;for(;this.#t.size>this.#i||this.#s>this.#n;)e++,t+=this.shift()?.byteLength??0;return e>0?{messages:e,bytes:t}:void 0}#h(e){let t=this.#t.get(e);t!==void 0&&(this.#t.delete(e),this.#s-=t.byteLength)}};var je="closed by the page",Xe=1<<20,Oe=16,qe=5e3,F=class{#e;#i;#n;#t;#s;#o;#r=0;#a=0;#h=!1;#l=!1;#f;#d;constructor(e,t,n,i=!1,r){this.#e=e,this.#i=t,this.#n=n,this.#t=new C(e.maxOutboxMessages,e.maxOutboxBytes,e.whenFull);let o=l=>this.#k(l),a=()=>this.#y(d.ServiceRestart,"too much was missed");this.#s=new K(e,{report:n,say:o,restart:a},i,r)}handle(e){switch(e.kind){case"send":return this.#S(e.message,e.key,e.offline);case"hide":return this.#s.hide(e.hidden);case"applied":return this.#s.applied(e.position);case"wake":return this.#b();case"close":return this.#T({state:"closed",code:d.Normal,reason:je})}}dial(){let e=++this.#r;this.#p({state:"connecting",reason:""});let t=new WebSocket(this.#e.url,this.#s.protocols);this.#o=t,t.binaryType="arraybuffer";let n=i=>r=>{e===this.#r&&i(r)};t.onopen=n(()=>this.#m()),t.onmessage=n(i=>this.#u(i.data)),t.onclose=n(i=>this.#y(i.code,i.reason)),this.#M(this.#e.connectTimeoutMs,()=>this.#y(d.Abnormal,"connecting took too long"))}#m(){this.#M(qe,()=>{this.#a=0,this.#l=!1}),this.#s.opened(this.#o?.protocol??""),this.#p({state:"open",reason:""}),this.#g()}#u(e){try{if(!(e instanceof ArrayBuffer))throw new h("text frame");this.#s.take(this.#i.decode(e),e.byteLength)}catch(t){this.#c(t instanceof Error?t.message:String(t))}}#c(e){this.#l&&this.#s.forget(),this.#l=!0,this.#n({kind:"error",reason:e},[]),this.#y(d.CorruptWindow,e)}#y(e,t){let n=re(e);if(n==="never")return this.#T({state:"closed",code:e,reason:t});this.#x(e);let r=n==="at once"&&this.#a===0?0:ie(this.#a,this.#e.backoff);this.#a++,this.#M(r,()=>this.dial()),this.#p({state:"waiting",code:e,reason:t,retryMs:r})}#T(e){this.#h||(this.#h=!0,this.#x(d.Normal),this.#p(e))}#x(e){this.#r++,clearTimeout(this.#f),clearTimeout(this.#d),this.#d=void 0,this.#s.ended(),e>=4e3?this.#o?.close(e):this.#o?.close(),this.#o=void 0}#b(){this.#h||this.#o!==void 0||(clearTimeout(this.#f),this.dial())}#S(e,t,n){if(this.#h||!this.#U()&&n==="drop")return;let i=this.#t.push(e,t);i!==void 0&&this.#n({kind:"dropped",dropped:i},[]),this.#d===void 0&&this.#g()}#g(){this.#d=void 0;let e=this.#o;if(!(e===void 0||!this.#U()))for(;this.#t.length>0;){if(e.bufferedAmount>Xe){this.#d=setTimeout(()=>this.#g(),Oe);return}e.send(this.#t.shift())}}#k(e){this.#U()&&this.#o?.send(JSON.stringify(e))}#U(){return this.#o?.readyState===1}#p(e){this.#n({kind:"state",change:e},[])}#M(e,t){clearTimeout(this.#f),this.#f=setTimeout(t,e)}};var I=globalThis,N;I.onmessage=({data:s})=>{if(s.kind!=="open"){N?.then(e=>e.handle(s),()=>{});return}N=Ge(s),N.catch(We)};async function Ge({settings:s,hidden:e,position:t}){let n=new V;await n.init();let i=new A(n,s.maxWindowBytes),r=(a,l)=>I.postMessage(a,l),o=new F(s,i,r,e,t);return o.dial(),o}function We(s){let e=s instanceof Error?s.message:String(s);I.postMessage({kind:"error",reason:e},[]),I.postMessage({kind:"state",change:{state:"closed",reason:e}},[])}})();\n';var qa={baseMs:250,capMs:1e4};var pr=class{#e=[];note(e,t){let n=Math.floor(t/1e3),s=this.#e.at(-1);if(s?.number===n){s.minMs=Math.min(s.minMs,e),s.maxMs=Math.max(s.maxMs,e);return}this.#e=this.#e.filter(r=>r.number>n-10),this.#e.push({number:n,minMs:e,maxMs:e})}get minMs(){return this.#e.length===0?Number.NaN:Math.min(...this.#e.map(({minMs:e})=>e))}get maxMs(){return this.#e.length===0?Number.NaN:Math.max(...this.#e.map(({maxMs:e})=>e))}clear(){this.#e=[]}};var mr=class{#e=new pr;#n=Number.NaN;#t=Number.NEGATIVE_INFINITY;note({timestampSec:e,receivedMs:t}){e<this.#t&&this.#e.clear(),this.#t=e,this.#e.note(t-1e3*e,t)}noteRoundTrip(e){this.#n=e}clear(){this.#e.clear()}get timing(){let{minMs:e,maxMs:t}=this.#e;return{offsetMs:e,jitterMs:t-e,rttMs:this.#n}}};var zt={Normal:1e3,GoingAway:1001,ProtocolError:1002,UnsupportedData:1003,NoStatus:1005,Abnormal:1006,InvalidPayload:1007,PolicyViolation:1008,MessageTooBig:1009,MandatoryExtension:1010,InternalError:1011,ServiceRestart:1012,TryAgainLater:1013,BadGateway:1014,TLSHandshake:1015,CorruptWindow:4007,Unauthorized:4401,Forbidden:4403},iv=new Map([[zt.Normal,"never"],[zt.ProtocolError,"never"],[zt.UnsupportedData,"never"],[zt.InvalidPayload,"never"],[zt.PolicyViolation,"never"],[zt.MandatoryExtension,"never"],[zt.ServiceRestart,"at once"],[zt.Unauthorized,"never"],[zt.Forbidden,"never"]]);var gr=class{#e;#n;#t;#i=0;#s;constructor(e){this.#e=e}get position(){return this.#n}note(e,t){e.own!==this.#n?.own&&(this.#i+=t),this.#n=e,this.#i>=262144?this.#o():this.#s??=setTimeout(()=>this.#o(),1e3)}stop(){clearTimeout(this.#s),this.#s=void 0}#o(){this.stop(),this.#i=0;let[e,t]=[this.#n,this.#t];e===void 0||e.seq===t?.seq&&e.own===t.own&&e.epoch===t.epoch||(this.#t=e,this.#e(e))}};var Tt=class{#e=[];add(e){let t=n=>e(n);return this.#e=[...this.#e,t],()=>{this.#e=this.#e.filter(n=>n!==t)}}emit(e){for(let t of this.#e)try{t(e)}catch(n){queueMicrotask(()=>{throw n})}}};var Zc="scenewire.v1";var Kc="closed by the page",lv=1<<20;var Mi=class{#e=new Map;#n=new Tt;#t=new Tt;#i=new Tt;#s=new Tt;on(e,t){let n=this.#e.get(e);return n===void 0&&(n=new Tt,this.#e.set(e,n)),n.add(t)}onAny(e){return this.#n.add(e)}onBatch(e){return this.#t.add(e)}onReset(e){return this.#i.add(e)}onError(e){return this.#s.add(e)}deliver(e){this.#t.emit(e);for(let t of e.messages)this.#e.get(t.type)?.emit(t),this.#n.emit(t)}emitReset(){this.#i.emit()}emitError(e){this.#s.emit(e)}};function yr(i,e){if(typeof i=="function")return i();if(i!==void 0)return new Worker(i);let t=URL.createObjectURL(new Blob([e],{type:"text/javascript"}));try{return new Worker(t)}finally{URL.revokeObjectURL(t)}}var Jc=Zc;function Za(i,e={}){return new xr(i,e)}var xr=class extends Mi{#e;#n;#t;#i=new us({ignoreUndefined:!0});#s=new Tt;#o=new Tt;#a=new Tt;#l=new Tt;#r=new Tt;#c=new mr;#u=new gr(e=>this.#v({kind:"applied",position:e}));#d=()=>this.#P();#m=()=>this.#U();#f=()=>this.#T();#g=()=>this.#x();#h="connecting";#p;#y=!1;constructor(e,t={}){super(),this.#e=t.worker,this.#n=Xd(e,t),this.#t=this.#_(),globalThis.addEventListener?.("online",this.#d),globalThis.addEventListener?.("pagehide",this.#f),globalThis.addEventListener?.("pageshow",this.#g),globalThis.document?.addEventListener("visibilitychange",this.#m)}get id(){return this.#p}get timing(){return this.#c.timing}get state(){return this.#h}onState(e){return this.#s.add(e)}onGreeting(e){return this.#r.add(e)}onDropped(e){return this.#o.add(e)}onVersionMismatch(e){return this.#a.add(e)}onRefused(e){return this.#l.add(e)}send(e,{key:t,offline:n="queue"}={}){if(this.#h==="closed")return;let s=this.#i.encode(e);this.#v({kind:"send",message:s,key:t,offline:n},[s.buffer])}close(){if(this.#y)return this.#y=!1,this.#M({state:"closed",code:zt.Normal,reason:Kc});this.#v({kind:"close"})}#_(){let e=yr(this.#e,Yc);e.onmessage=n=>this.#A(n.data),e.onerror=n=>this.#w(n);let t={settings:this.#n,hidden:Ya(),position:this.#u.position};return e.postMessage({kind:"open",...t},[]),e}#S(){this.#t.onmessage=this.#t.onerror=null,this.#t.terminate(),this.#u.stop()}#T(){this.#y||this.#h==="closed"||(this.#y=!0,this.#S(),this.#M({state:"waiting",reason:"the page was left"}))}#x(){this.#y&&(this.#y=!1,this.#t=this.#_())}#A(e){switch(e.kind){case"window":return this.#R(e);case"reset":return this.#C();case"hello":return this.#L(e.hello);case"state":return this.#M(e.change);case"rtt":return this.#c.noteRoundTrip(e.rttMs);case"error":return this.emitError(e.reason);case"dropped":return this.#o.emit(e.dropped)}}#R({window:e,position:t}){this.#c.note(e),this.deliver(e),this.#u.note(t,e.wireBytes)}#C(){this.#c.clear(),this.emitReset()}#L(e){this.#p=e.client,this.#r.emit(e)}#M(e){this.#h=e.state,e.state==="closed"&&this.#D(),this.#s.emit(e),e.state==="closed"&&this.#E(e)}#E({code:e,reason:t}){e===zt.ProtocolError&&this.#a.emit(t),(e===zt.Unauthorized||e===zt.Forbidden)&&this.#l.emit({code:e,reason:t})}#w(e){let t=e.message||"it could not be loaded; a content security policy may forbid it";this.emitError(`worker: ${t}`),this.#M({state:"closed",reason:t})}#P(){!Ya()&&this.#h==="waiting"&&this.#v({kind:"wake"})}#U(){this.#v({kind:"hide",hidden:Ya()}),this.#P()}#D(){globalThis.removeEventListener?.("online",this.#d),globalThis.removeEventListener?.("pagehide",this.#f),globalThis.removeEventListener?.("pageshow",this.#g),globalThis.document?.removeEventListener("visibilitychange",this.#m),this.#S()}#v(e,t=[]){this.#y||this.#t.postMessage(e,t)}};function Xd(i,e){return{url:Yd(i),protocols:qd(e),backoff:{baseMs:e.retryBaseMs??qa.baseMs,capMs:e.retryCapMs??qa.capMs},connectTimeoutMs:e.connectTimeoutMs??5e3,maxWindowBytes:e.maxWindowBytes??256<<20,maxOutboxMessages:e.maxOutboxMessages??1024,maxOutboxBytes:e.maxOutboxBytes??4<<20,whenFull:e.whenFull??"dropOldest",resume:e.resume??!0,maxRate:e.maxRate??0,smoothingMs:e.smoothingMs??0,hold:e.hidden!=="deliver",keys:e.keys??{},maxHiddenBytes:e.maxHiddenBytes??16<<20}}function qd({protocols:i=[Jc],version:e}){return e===void 0?i:[...i,`scenewire.version.${e}`]}function Ya(){return globalThis.document?.visibilityState==="hidden"}function Yd(i){let e=new URL(i,globalThis.location?.href);return e.protocol=e.protocol.replace(/^http/,"ws"),e.hash="",e.href}var ni={LEFT:0,MIDDLE:1,RIGHT:2,ROTATE:0,DOLLY:1,PAN:2},ii={ROTATE:0,PAN:1,DOLLY_PAN:2,DOLLY_ROTATE:3},Th=0,Ml=1,Eh=2;var yi=1,Ah=2,Qi=3,si=0,Et=1,Mn=2,xi=0,$i=1,wl=2,Tl=3,El=4,Rh=5;var vi=100,Ch=101,Ph=102,Ih=103,Lh=104,Uh=200,Dh=201,Nh=202,Fh=203,Al=204,Rl=205,Oh=206,Bh=207,kh=208,zh=209,Vh=210,Gh=211,Hh=212,Wh=213,Xh=214,Gr=0,Hr=1,Wr=2,ki=3,Xr=4,qr=5,Yr=6,Zr=7,vo=0,qh=1,Yh=2,wn=0,Cl=1,Pl=2,Il=3,Ll=4,Ul=5,Dl=6,qs=7;var Nl=300,_i=301,es=302,_o=303,So=304,Kr=1e3,xn=1001,Jr=1002,St=1003,Zh=1004;var Ys=1005;var Ot=1006,bo=1007;var kn=1008;var Ht=1009,Fl=1010,Ol=1011,ts=1012,Mo=1013,dn=1014,rn=1015,fn=1016,wo=1017,To=1018,Si=1020,Bl=35902,kl=35899,zl=1021,Vl=1022,pn=1023,On=1026,zn=1027,Eo=1028,Ao=1029,ri=1030,Ro=1031;var Co=1033,Zs=33776,Ks=33777,Js=33778,js=33779,Po=35840,Io=35841,Lo=35842,Uo=35843,Do=36196,No=37492,Fo=37496,Oo=37488,Bo=37489,Qs=37490,ko=37491,zo=37808,Vo=37809,Go=37810,Ho=37811,Wo=37812,Xo=37813,qo=37814,Yo=37815,Zo=37816,Ko=37817,Jo=37818,jo=37819,Qo=37820,$o=37821,ea=36492,ta=36494,na=36495,ia=36283,sa=36284,$s=36285,ra=36286;var Ss=2300,jr=2301,zr=2302,ml=2303,gl=2400,yl=2401,xl=2402;var Kh=3200;var er=0,Jh=1,Vn="",Yt="srgb",bs="srgb-linear",Ms="linear",Ke="srgb";var Vr=7680;var jh=519,Qh=512,$h=513,eu=514,Gl=515,tu=516,nu=517,Hl=518,Wl=519,iu=35044,Xl=35048;var ql="300 es",nn=2e3,zi=2001;function Zd(i){for(let e=i.length-1;e>=0;--e)if(i[e]>=65535)return!0;return!1}function Kd(i){return ArrayBuffer.isView(i)&&!(i instanceof DataView)}function ws(i){return document.createElementNS("http://www.w3.org/1999/xhtml",i)}function su(){let i=ws("canvas");return i.style.display="block",i}var jc={},Vi=null;function Yl(...i){let e="THREE."+i.shift();Vi?Vi("log",e,...i):console.log(e,...i)}function ru(i){let e=i[0];if(typeof e=="string"&&e.startsWith("TSL:")){let t=i[1];t&&t.isStackTrace?i[0]+=" "+t.getLocation():i[1]='Stack trace not available. Enable "THREE.Node.captureStackTrace" to capture stack traces.'}return i}function Re(...i){i=ru(i);let e="THREE."+i.shift();if(Vi)Vi("warn",e,...i);else{let t=i[0];t&&t.isStackTrace?console.warn(t.getError(e)):console.warn(e,...i)}}function Pe(...i){i=ru(i);let e="THREE."+i.shift();if(Vi)Vi("error",e,...i);else{let t=i[0];t&&t.isStackTrace?console.error(t.getError(e)):console.error(e,...i)}}function xs(...i){let e=i.join(" ");e in jc||(jc[e]=!0,Re(...i))}function ou(i,e,t){return new Promise(function(n,s){function r(){switch(i.clientWaitSync(e,i.SYNC_FLUSH_COMMANDS_BIT,0)){case i.WAIT_FAILED:s();break;case i.TIMEOUT_EXPIRED:setTimeout(r,t);break;default:n()}}setTimeout(r,t)})}var au={[Gr]:Gr,[Wr]:Yr,[Xr]:Xr,[ki]:qr,[Hr]:Hr,[Yr]:Wr,[Zr]:Zr,[qr]:ki},un=class{addEventListener(e,t){this._listeners===void 0&&(this._listeners={});let n=this._listeners;n[e]===void 0&&(n[e]=[]),n[e].indexOf(t)===-1&&n[e].push(t)}hasEventListener(e,t){let n=this._listeners;return n===void 0?!1:n[e]!==void 0&&n[e].indexOf(t)!==-1}removeEventListener(e,t){let n=this._listeners;if(n===void 0)return;let s=n[e];if(s!==void 0){let r=s.indexOf(t);r!==-1&&s.splice(r,1)}}dispatchEvent(e){let t=this._listeners;if(t===void 0)return;let n=t[e.type];if(n!==void 0){e.target=this;let s=n.slice(0);for(let r=0,o=s.length;r<o;r++)s[r].call(this,e);e.target=null}}},Pt=["00","01","02","03","04","05","06","07","08","09","0a","0b","0c","0d","0e","0f","10","11","12","13","14","15","16","17","18","19","1a","1b","1c","1d","1e","1f","20","21","22","23","24","25","26","27","28","29","2a","2b","2c","2d","2e","2f","30","31","32","33","34","35","36","37","38","39","3a","3b","3c","3d","3e","3f","40","41","42","43","44","45","46","47","48","49","4a","4b","4c","4d","4e","4f","50","51","52","53","54","55","56","57","58","59","5a","5b","5c","5d","5e","5f","60","61","62","63","64","65","66","67","68","69","6a","6b","6c","6d","6e","6f","70","71","72","73","74","75","76","77","78","79","7a","7b","7c","7d","7e","7f","80","81","82","83","84","85","86","87","88","89","8a","8b","8c","8d","8e","8f","90","91","92","93","94","95","96","97","98","99","9a","9b","9c","9d","9e","9f","a0","a1","a2","a3","a4","a5","a6","a7","a8","a9","aa","ab","ac","ad","ae","af","b0","b1","b2","b3","b4","b5","b6","b7","b8","b9","ba","bb","bc","bd","be","bf","c0","c1","c2","c3","c4","c5","c6","c7","c8","c9","ca","cb","cc","cd","ce","cf","d0","d1","d2","d3","d4","d5","d6","d7","d8","d9","da","db","dc","dd","de","df","e0","e1","e2","e3","e4","e5","e6","e7","e8","e9","ea","eb","ec","ed","ee","ef","f0","f1","f2","f3","f4","f5","f6","f7","f8","f9","fa","fb","fc","fd","fe","ff"],Qc=1234567,vs=Math.PI/180,Gi=180/Math.PI;function ns(){let i=Math.random()*4294967295|0,e=Math.random()*4294967295|0,t=Math.random()*4294967295|0,n=Math.random()*4294967295|0;return(Pt[i&255]+Pt[i>>8&255]+Pt[i>>16&255]+Pt[i>>24&255]+"-"+Pt[e&255]+Pt[e>>8&255]+"-"+Pt[e>>16&15|64]+Pt[e>>24&255]+"-"+Pt[t&63|128]+Pt[t>>8&255]+"-"+Pt[t>>16&255]+Pt[t>>24&255]+Pt[n&255]+Pt[n>>8&255]+Pt[n>>16&255]+Pt[n>>24&255]).toLowerCase()}function ze(i,e,t){return Math.max(e,Math.min(t,i))}function Zl(i,e){return(i%e+e)%e}function Jd(i,e,t,n,s){return n+(i-e)*(s-n)/(t-e)}function jd(i,e,t){return i!==e?(t-i)/(e-i):0}function _s(i,e,t){return(1-t)*i+t*e}function Qd(i,e,t,n){return _s(i,e,1-Math.exp(-t*n))}function $d(i,e=1){return e-Math.abs(Zl(i,e*2)-e)}function ef(i,e,t){return i<=e?0:i>=t?1:(i=(i-e)/(t-e),i*i*(3-2*i))}function tf(i,e,t){return i<=e?0:i>=t?1:(i=(i-e)/(t-e),i*i*i*(i*(i*6-15)+10))}function nf(i,e){return i+Math.floor(Math.random()*(e-i+1))}function sf(i,e){return i+Math.random()*(e-i)}function rf(i){return i*(.5-Math.random())}function of(i){i!==void 0&&(Qc=i);let e=Qc+=1831565813;return e=Math.imul(e^e>>>15,e|1),e^=e+Math.imul(e^e>>>7,e|61),((e^e>>>14)>>>0)/4294967296}function af(i){return i*vs}function lf(i){return i*Gi}function cf(i){return i>0&&Number.isInteger(i)&&2**Math.round(Math.log2(i))===i}function hf(i){return Math.pow(2,Math.ceil(Math.log(i)/Math.LN2))}function Kl(i){return Math.pow(2,Math.floor(Math.log(i)/Math.LN2))}function uf(i,e,t,n,s){let r=Math.cos,o=Math.sin,a=r(t/2),l=o(t/2),c=r((e+n)/2),h=o((e+n)/2),p=r((e-n)/2),u=o((e-n)/2),f=r((n-e)/2),x=o((n-e)/2);switch(s){case"XYX":i.set(a*h,l*p,l*u,a*c);break;case"YZY":i.set(l*u,a*h,l*p,a*c);break;case"ZXZ":i.set(l*p,l*u,a*h,a*c);break;case"XZX":i.set(a*h,l*x,l*f,a*c);break;case"YXY":i.set(l*f,a*h,l*x,a*c);break;case"ZYZ":i.set(l*x,l*f,a*h,a*c);break;default:Re("MathUtils: .setQuaternionFromProperEuler() encountered an unknown order: "+s)}}function Jl(i){switch(i.constructor){case Uint32Array:return 4294967295;case Uint16Array:return 65535;case Uint8Array:case Uint8ClampedArray:return 255;case Int32Array:return 2147483647;case Int16Array:return 32767;case Int8Array:return 127;default:return}}function lu(i,e){if(e.constructor===Float32Array)return i;let t=Jl(e);if(t===void 0)throw new Error("THREE.MathUtils: Invalid component type.");return Math.max(i/t,-1)}function cu(i,e){if(e.constructor===Float32Array)return i;let t=Jl(e);if(t===void 0)throw new Error("THREE.MathUtils: Invalid component type.");return Math.round(i*t)}var jl={DEG2RAD:vs,RAD2DEG:Gi,generateUUID:ns,clamp:ze,euclideanModulo:Zl,mapLinear:Jd,inverseLerp:jd,lerp:_s,damp:Qd,pingpong:$d,smoothstep:ef,smootherstep:tf,randInt:nf,randFloat:sf,randFloatSpread:rf,seededRandom:of,degToRad:af,radToDeg:lf,isPowerOfTwo:cf,ceilPowerOfTwo:hf,floorPowerOfTwo:Kl,setQuaternionFromProperEuler:uf,normalize:cu,denormalize:lu},Te=class{static{this.prototype.isVector2=!0}constructor(e=0,t=0){this.x=e,this.y=t}get width(){return this.x}set width(e){this.x=e}get height(){return this.y}set height(e){this.y=e}set(e,t){return this.x=e,this.y=t,this}setScalar(e){return this.x=e,this.y=e,this}setX(e){return this.x=e,this}setY(e){return this.y=e,this}setComponent(e,t){switch(e){case 0:this.x=t;break;case 1:this.y=t;break;default:throw new Error("THREE.Vector2: index is out of range: "+e)}return this}getComponent(e){switch(e){case 0:return this.x;case 1:return this.y;default:throw new Error("THREE.Vector2: index is out of range: "+e)}}clone(){return new this.constructor(this.x,this.y)}copy(e){return this.x=e.x,this.y=e.y,this}add(e){return this.x+=e.x,this.y+=e.y,this}addScalar(e){return this.x+=e,this.y+=e,this}addVectors(e,t){return this.x=e.x+t.x,this.y=e.y+t.y,this}addScaledVector(e,t){return this.x+=e.x*t,this.y+=e.y*t,this}sub(e){return this.x-=e.x,this.y-=e.y,this}subScalar(e){return this.x-=e,this.y-=e,this}subVectors(e,t){return this.x=e.x-t.x,this.y=e.y-t.y,this}multiply(e){return this.x*=e.x,this.y*=e.y,this}multiplyScalar(e){return this.x*=e,this.y*=e,this}divide(e){return this.x/=e.x,this.y/=e.y,this}divideScalar(e){return this.multiplyScalar(1/e)}applyMatrix3(e){let t=this.x,n=this.y,s=e.elements;return this.x=s[0]*t+s[3]*n+s[6],this.y=s[1]*t+s[4]*n+s[7],this}min(e){return this.x=Math.min(this.x,e.x),this.y=Math.min(this.y,e.y),this}max(e){return this.x=Math.max(this.x,e.x),this.y=Math.max(this.y,e.y),this}clamp(e,t){return this.x=ze(this.x,e.x,t.x),this.y=ze(this.y,e.y,t.y),this}clampScalar(e,t){return this.x=ze(this.x,e,t),this.y=ze(this.y,e,t),this}clampLength(e,t){let n=this.length();return this.divideScalar(n||1).multiplyScalar(ze(n,e,t))}floor(){return this.x=Math.floor(this.x),this.y=Math.floor(this.y),this}ceil(){return this.x=Math.ceil(this.x),this.y=Math.ceil(this.y),this}round(){return this.x=Math.round(this.x),this.y=Math.round(this.y),this}roundToZero(){return this.x=Math.trunc(this.x),this.y=Math.trunc(this.y),this}negate(){return this.x=-this.x,this.y=-this.y,this}dot(e){return this.x*e.x+this.y*e.y}cross(e){return this.x*e.y-this.y*e.x}lengthSq(){return this.x*this.x+this.y*this.y}length(){return Math.sqrt(this.x*this.x+this.y*this.y)}manhattanLength(){return Math.abs(this.x)+Math.abs(this.y)}normalize(){return this.divideScalar(this.length()||1)}angle(){return Math.atan2(-this.y,-this.x)+Math.PI}angleTo(e){let t=Math.sqrt(this.lengthSq()*e.lengthSq());if(t===0)return Math.PI/2;let n=this.dot(e)/t;return Math.acos(ze(n,-1,1))}distanceTo(e){return Math.sqrt(this.distanceToSquared(e))}distanceToSquared(e){let t=this.x-e.x,n=this.y-e.y;return t*t+n*n}manhattanDistanceTo(e){return Math.abs(this.x-e.x)+Math.abs(this.y-e.y)}setLength(e){return this.normalize().multiplyScalar(e)}lerp(e,t){return this.x+=(e.x-this.x)*t,this.y+=(e.y-this.y)*t,this}lerpVectors(e,t,n){return this.x=e.x+(t.x-e.x)*n,this.y=e.y+(t.y-e.y)*n,this}equals(e){return e.x===this.x&&e.y===this.y}fromArray(e,t=0){return this.x=e[t],this.y=e[t+1],this}toArray(e=[],t=0){return e[t]=this.x,e[t+1]=this.y,e}fromBufferAttribute(e,t){return this.x=e.getX(t),this.y=e.getY(t),this}rotateAround(e,t){let n=Math.cos(t),s=Math.sin(t),r=this.x-e.x,o=this.y-e.y;return this.x=r*n-o*s+e.x,this.y=r*s+o*n+e.y,this}random(){return this.x=Math.random(),this.y=Math.random(),this}*[Symbol.iterator](){yield this.x,yield this.y}},Zt=class{constructor(e=0,t=0,n=0,s=1){this.isQuaternion=!0,this._x=e,this._y=t,this._z=n,this._w=s}static slerpFlat(e,t,n,s,r,o,a){let l=n[s+0],c=n[s+1],h=n[s+2],p=n[s+3],u=r[o+0],f=r[o+1],x=r[o+2],S=r[o+3];if(p!==S||l!==u||c!==f||h!==x){let m=l*u+c*f+h*x+p*S;m<0&&(u=-u,f=-f,x=-x,S=-S,m=-m);let d=1-a;if(m<.9995){let _=Math.acos(m),E=Math.sin(_);d=Math.sin(d*_)/E,a=Math.sin(a*_)/E,l=l*d+u*a,c=c*d+f*a,h=h*d+x*a,p=p*d+S*a}else{l=l*d+u*a,c=c*d+f*a,h=h*d+x*a,p=p*d+S*a;let _=1/Math.sqrt(l*l+c*c+h*h+p*p);l*=_,c*=_,h*=_,p*=_}}e[t]=l,e[t+1]=c,e[t+2]=h,e[t+3]=p}static multiplyQuaternionsFlat(e,t,n,s,r,o){let a=n[s],l=n[s+1],c=n[s+2],h=n[s+3],p=r[o],u=r[o+1],f=r[o+2],x=r[o+3];return e[t]=a*x+h*p+l*f-c*u,e[t+1]=l*x+h*u+c*p-a*f,e[t+2]=c*x+h*f+a*u-l*p,e[t+3]=h*x-a*p-l*u-c*f,e}get x(){return this._x}set x(e){this._x=e,this._onChangeCallback()}get y(){return this._y}set y(e){this._y=e,this._onChangeCallback()}get z(){return this._z}set z(e){this._z=e,this._onChangeCallback()}get w(){return this._w}set w(e){this._w=e,this._onChangeCallback()}set(e,t,n,s){return this._x=e,this._y=t,this._z=n,this._w=s,this._onChangeCallback(),this}clone(){return new this.constructor(this._x,this._y,this._z,this._w)}copy(e){return this._x=e.x,this._y=e.y,this._z=e.z,this._w=e.w,this._onChangeCallback(),this}setFromEuler(e,t=!0){let n=e._x,s=e._y,r=e._z,o=e._order,a=Math.cos,l=Math.sin,c=a(n/2),h=a(s/2),p=a(r/2),u=l(n/2),f=l(s/2),x=l(r/2);switch(o){case"XYZ":this._x=u*h*p+c*f*x,this._y=c*f*p-u*h*x,this._z=c*h*x+u*f*p,this._w=c*h*p-u*f*x;break;case"YXZ":this._x=u*h*p+c*f*x,this._y=c*f*p-u*h*x,this._z=c*h*x-u*f*p,this._w=c*h*p+u*f*x;break;case"ZXY":this._x=u*h*p-c*f*x,this._y=c*f*p+u*h*x,this._z=c*h*x+u*f*p,this._w=c*h*p-u*f*x;break;case"ZYX":this._x=u*h*p-c*f*x,this._y=c*f*p+u*h*x,this._z=c*h*x-u*f*p,this._w=c*h*p+u*f*x;break;case"YZX":this._x=u*h*p+c*f*x,this._y=c*f*p+u*h*x,this._z=c*h*x-u*f*p,this._w=c*h*p-u*f*x;break;case"XZY":this._x=u*h*p-c*f*x,this._y=c*f*p-u*h*x,this._z=c*h*x+u*f*p,this._w=c*h*p+u*f*x;break;default:Re("Quaternion: .setFromEuler() encountered an unknown order: "+o)}return t===!0&&this._onChangeCallback(),this}setFromAxisAngle(e,t){let n=t/2,s=Math.sin(n);return this._x=e.x*s,this._y=e.y*s,this._z=e.z*s,this._w=Math.cos(n),this._onChangeCallback(),this}setFromRotationMatrix(e){let t=e.elements,n=t[0],s=t[4],r=t[8],o=t[1],a=t[5],l=t[9],c=t[2],h=t[6],p=t[10],u=n+a+p;if(u>0){let f=.5/Math.sqrt(u+1);this._w=.25/f,this._x=(h-l)*f,this._y=(r-c)*f,this._z=(o-s)*f}else if(n>a&&n>p){let f=2*Math.sqrt(1+n-a-p);this._w=(h-l)/f,this._x=.25*f,this._y=(s+o)/f,this._z=(r+c)/f}else if(a>p){let f=2*Math.sqrt(1+a-n-p);this._w=(r-c)/f,this._x=(s+o)/f,this._y=.25*f,this._z=(l+h)/f}else{let f=2*Math.sqrt(1+p-n-a);this._w=(o-s)/f,this._x=(r+c)/f,this._y=(l+h)/f,this._z=.25*f}return this._onChangeCallback(),this}setFromUnitVectors(e,t){let n=e.dot(t)+1;return n<1e-8?(n=0,Math.abs(e.x)>Math.abs(e.z)?(this._x=-e.y,this._y=e.x,this._z=0,this._w=n):(this._x=0,this._y=-e.z,this._z=e.y,this._w=n)):(this._x=e.y*t.z-e.z*t.y,this._y=e.z*t.x-e.x*t.z,this._z=e.x*t.y-e.y*t.x,this._w=n),this.normalize()}angleTo(e){return 2*Math.acos(Math.abs(ze(this.dot(e),-1,1)))}rotateTowards(e,t){let n=this.angleTo(e);if(n===0)return this;let s=Math.min(1,t/n);return this.slerp(e,s),this}identity(){return this.set(0,0,0,1)}invert(){return this.conjugate()}conjugate(){return this._x*=-1,this._y*=-1,this._z*=-1,this._onChangeCallback(),this}dot(e){return this._x*e._x+this._y*e._y+this._z*e._z+this._w*e._w}lengthSq(){return this._x*this._x+this._y*this._y+this._z*this._z+this._w*this._w}length(){return Math.sqrt(this._x*this._x+this._y*this._y+this._z*this._z+this._w*this._w)}normalize(){let e=this.length();return e===0?(this._x=0,this._y=0,this._z=0,this._w=1):(e=1/e,this._x=this._x*e,this._y=this._y*e,this._z=this._z*e,this._w=this._w*e),this._onChangeCallback(),this}multiply(e){return this.multiplyQuaternions(this,e)}premultiply(e){return this.multiplyQuaternions(e,this)}multiplyQuaternions(e,t){let n=e._x,s=e._y,r=e._z,o=e._w,a=t._x,l=t._y,c=t._z,h=t._w;return this._x=n*h+o*a+s*c-r*l,this._y=s*h+o*l+r*a-n*c,this._z=r*h+o*c+n*l-s*a,this._w=o*h-n*a-s*l-r*c,this._onChangeCallback(),this}slerp(e,t){let n=e._x,s=e._y,r=e._z,o=e._w,a=this.dot(e);a<0&&(n=-n,s=-s,r=-r,o=-o,a=-a);let l=1-t;if(a<.9995){let c=Math.acos(a),h=Math.sin(c);l=Math.sin(l*c)/h,t=Math.sin(t*c)/h,this._x=this._x*l+n*t,this._y=this._y*l+s*t,this._z=this._z*l+r*t,this._w=this._w*l+o*t,this._onChangeCallback()}else this._x=this._x*l+n*t,this._y=this._y*l+s*t,this._z=this._z*l+r*t,this._w=this._w*l+o*t,this.normalize();return this}slerpQuaternions(e,t,n){return this.copy(e).slerp(t,n)}random(){let e=2*Math.PI*Math.random(),t=2*Math.PI*Math.random(),n=Math.random(),s=Math.sqrt(1-n),r=Math.sqrt(n);return this.set(s*Math.sin(e),s*Math.cos(e),r*Math.sin(t),r*Math.cos(t))}equals(e){return e._x===this._x&&e._y===this._y&&e._z===this._z&&e._w===this._w}fromArray(e,t=0){return this._x=e[t],this._y=e[t+1],this._z=e[t+2],this._w=e[t+3],this._onChangeCallback(),this}toArray(e=[],t=0){return e[t]=this._x,e[t+1]=this._y,e[t+2]=this._z,e[t+3]=this._w,e}fromBufferAttribute(e,t){return this._x=e.getX(t),this._y=e.getY(t),this._z=e.getZ(t),this._w=e.getW(t),this._onChangeCallback(),this}toJSON(){return this.toArray()}_onChange(e){return this._onChangeCallback=e,this}_onChangeCallback(){}*[Symbol.iterator](){yield this._x,yield this._y,yield this._z,yield this._w}},U=class{static{this.prototype.isVector3=!0}constructor(e=0,t=0,n=0){this.x=e,this.y=t,this.z=n}set(e,t,n){return n===void 0&&(n=this.z),this.x=e,this.y=t,this.z=n,this}setScalar(e){return this.x=e,this.y=e,this.z=e,this}setX(e){return this.x=e,this}setY(e){return this.y=e,this}setZ(e){return this.z=e,this}setComponent(e,t){switch(e){case 0:this.x=t;break;case 1:this.y=t;break;case 2:this.z=t;break;default:throw new Error("THREE.Vector3: index is out of range: "+e)}return this}getComponent(e){switch(e){case 0:return this.x;case 1:return this.y;case 2:return this.z;default:throw new Error("THREE.Vector3: index is out of range: "+e)}}clone(){return new this.constructor(this.x,this.y,this.z)}copy(e){return this.x=e.x,this.y=e.y,this.z=e.z,this}add(e){return this.x+=e.x,this.y+=e.y,this.z+=e.z,this}addScalar(e){return this.x+=e,this.y+=e,this.z+=e,this}addVectors(e,t){return this.x=e.x+t.x,this.y=e.y+t.y,this.z=e.z+t.z,this}addScaledVector(e,t){return this.x+=e.x*t,this.y+=e.y*t,this.z+=e.z*t,this}sub(e){return this.x-=e.x,this.y-=e.y,this.z-=e.z,this}subScalar(e){return this.x-=e,this.y-=e,this.z-=e,this}subVectors(e,t){return this.x=e.x-t.x,this.y=e.y-t.y,this.z=e.z-t.z,this}multiply(e){return this.x*=e.x,this.y*=e.y,this.z*=e.z,this}multiplyScalar(e){return this.x*=e,this.y*=e,this.z*=e,this}multiplyVectors(e,t){return this.x=e.x*t.x,this.y=e.y*t.y,this.z=e.z*t.z,this}applyEuler(e){return this.applyQuaternion($c.setFromEuler(e))}applyAxisAngle(e,t){return this.applyQuaternion($c.setFromAxisAngle(e,t))}applyMatrix3(e){let t=this.x,n=this.y,s=this.z,r=e.elements;return this.x=r[0]*t+r[3]*n+r[6]*s,this.y=r[1]*t+r[4]*n+r[7]*s,this.z=r[2]*t+r[5]*n+r[8]*s,this}applyNormalMatrix(e){return this.applyMatrix3(e).normalize()}applyMatrix4(e){let t=this.x,n=this.y,s=this.z,r=e.elements,o=1/(r[3]*t+r[7]*n+r[11]*s+r[15]);return this.x=(r[0]*t+r[4]*n+r[8]*s+r[12])*o,this.y=(r[1]*t+r[5]*n+r[9]*s+r[13])*o,this.z=(r[2]*t+r[6]*n+r[10]*s+r[14])*o,this}applyQuaternion(e){let t=this.x,n=this.y,s=this.z,r=e.x,o=e.y,a=e.z,l=e.w,c=2*(o*s-a*n),h=2*(a*t-r*s),p=2*(r*n-o*t);return this.x=t+l*c+o*p-a*h,this.y=n+l*h+a*c-r*p,this.z=s+l*p+r*h-o*c,this}project(e){return this.applyMatrix4(e.matrixWorldInverse).applyMatrix4(e.projectionMatrix)}unproject(e){return this.applyMatrix4(e.projectionMatrixInverse).applyMatrix4(e.matrixWorld)}transformDirection(e){let t=this.x,n=this.y,s=this.z,r=e.elements;return this.x=r[0]*t+r[4]*n+r[8]*s,this.y=r[1]*t+r[5]*n+r[9]*s,this.z=r[2]*t+r[6]*n+r[10]*s,this.normalize()}divide(e){return this.x/=e.x,this.y/=e.y,this.z/=e.z,this}divideScalar(e){return this.multiplyScalar(1/e)}min(e){return this.x=Math.min(this.x,e.x),this.y=Math.min(this.y,e.y),this.z=Math.min(this.z,e.z),this}max(e){return this.x=Math.max(this.x,e.x),this.y=Math.max(this.y,e.y),this.z=Math.max(this.z,e.z),this}clamp(e,t){return this.x=ze(this.x,e.x,t.x),this.y=ze(this.y,e.y,t.y),this.z=ze(this.z,e.z,t.z),this}clampScalar(e,t){return this.x=ze(this.x,e,t),this.y=ze(this.y,e,t),this.z=ze(this.z,e,t),this}clampLength(e,t){let n=this.length();return this.divideScalar(n||1).multiplyScalar(ze(n,e,t))}floor(){return this.x=Math.floor(this.x),this.y=Math.floor(this.y),this.z=Math.floor(this.z),this}ceil(){return this.x=Math.ceil(this.x),this.y=Math.ceil(this.y),this.z=Math.ceil(this.z),this}round(){return this.x=Math.round(this.x),this.y=Math.round(this.y),this.z=Math.round(this.z),this}roundToZero(){return this.x=Math.trunc(this.x),this.y=Math.trunc(this.y),this.z=Math.trunc(this.z),this}negate(){return this.x=-this.x,this.y=-this.y,this.z=-this.z,this}dot(e){return this.x*e.x+this.y*e.y+this.z*e.z}lengthSq(){return this.x*this.x+this.y*this.y+this.z*this.z}length(){return Math.sqrt(this.x*this.x+this.y*this.y+this.z*this.z)}manhattanLength(){return Math.abs(this.x)+Math.abs(this.y)+Math.abs(this.z)}normalize(){return this.divideScalar(this.length()||1)}setLength(e){return this.normalize().multiplyScalar(e)}lerp(e,t){return this.x+=(e.x-this.x)*t,this.y+=(e.y-this.y)*t,this.z+=(e.z-this.z)*t,this}lerpVectors(e,t,n){return this.x=e.x+(t.x-e.x)*n,this.y=e.y+(t.y-e.y)*n,this.z=e.z+(t.z-e.z)*n,this}cross(e){return this.crossVectors(this,e)}crossVectors(e,t){let n=e.x,s=e.y,r=e.z,o=t.x,a=t.y,l=t.z;return this.x=s*l-r*a,this.y=r*o-n*l,this.z=n*a-s*o,this}projectOnVector(e){let t=e.lengthSq();if(t===0)return this.set(0,0,0);let n=e.dot(this)/t;return this.copy(e).multiplyScalar(n)}projectOnPlane(e){return Ka.copy(this).projectOnVector(e),this.sub(Ka)}reflect(e){return this.sub(Ka.copy(e).multiplyScalar(2*this.dot(e)))}angleTo(e){let t=Math.sqrt(this.lengthSq()*e.lengthSq());if(t===0)return Math.PI/2;let n=this.dot(e)/t;return Math.acos(ze(n,-1,1))}distanceTo(e){return Math.sqrt(this.distanceToSquared(e))}distanceToSquared(e){let t=this.x-e.x,n=this.y-e.y,s=this.z-e.z;return t*t+n*n+s*s}manhattanDistanceTo(e){return Math.abs(this.x-e.x)+Math.abs(this.y-e.y)+Math.abs(this.z-e.z)}setFromSpherical(e){return this.setFromSphericalCoords(e.radius,e.phi,e.theta)}setFromSphericalCoords(e,t,n){let s=Math.sin(t)*e;return this.x=s*Math.sin(n),this.y=Math.cos(t)*e,this.z=s*Math.cos(n),this}setFromCylindrical(e){return this.setFromCylindricalCoords(e.radius,e.theta,e.y)}setFromCylindricalCoords(e,t,n){return this.x=e*Math.sin(t),this.y=n,this.z=e*Math.cos(t),this}setFromMatrixPosition(e){let t=e.elements;return this.x=t[12],this.y=t[13],this.z=t[14],this}setFromMatrixScale(e){let t=this.setFromMatrixColumn(e,0).length(),n=this.setFromMatrixColumn(e,1).length(),s=this.setFromMatrixColumn(e,2).length();return this.x=t,this.y=n,this.z=s,this}setFromMatrixColumn(e,t){return this.fromArray(e.elements,t*4)}setFromMatrix3Column(e,t){return this.fromArray(e.elements,t*3)}setFromEuler(e){return this.x=e._x,this.y=e._y,this.z=e._z,this}setFromColor(e){return this.x=e.r,this.y=e.g,this.z=e.b,this}equals(e){return e.x===this.x&&e.y===this.y&&e.z===this.z}fromArray(e,t=0){return this.x=e[t],this.y=e[t+1],this.z=e[t+2],this}toArray(e=[],t=0){return e[t]=this.x,e[t+1]=this.y,e[t+2]=this.z,e}fromBufferAttribute(e,t){return this.x=e.getX(t),this.y=e.getY(t),this.z=e.getZ(t),this}random(){return this.x=Math.random(),this.y=Math.random(),this.z=Math.random(),this}randomDirection(){let e=Math.random()*Math.PI*2,t=Math.random()*2-1,n=Math.sqrt(1-t*t);return this.x=n*Math.cos(e),this.y=t,this.z=n*Math.sin(e),this}*[Symbol.iterator](){yield this.x,yield this.y,yield this.z}},Ka=new U,$c=new Zt,Ie=class{static{this.prototype.isMatrix3=!0}constructor(e,t,n,s,r,o,a,l,c){this.elements=[1,0,0,0,1,0,0,0,1],e!==void 0&&this.set(e,t,n,s,r,o,a,l,c)}set(e,t,n,s,r,o,a,l,c){let h=this.elements;return h[0]=e,h[1]=s,h[2]=a,h[3]=t,h[4]=r,h[5]=l,h[6]=n,h[7]=o,h[8]=c,this}identity(){return this.set(1,0,0,0,1,0,0,0,1),this}copy(e){let t=this.elements,n=e.elements;return t[0]=n[0],t[1]=n[1],t[2]=n[2],t[3]=n[3],t[4]=n[4],t[5]=n[5],t[6]=n[6],t[7]=n[7],t[8]=n[8],this}extractBasis(e,t,n){return e.setFromMatrix3Column(this,0),t.setFromMatrix3Column(this,1),n.setFromMatrix3Column(this,2),this}setFromMatrix4(e){let t=e.elements;return this.set(t[0],t[4],t[8],t[1],t[5],t[9],t[2],t[6],t[10]),this}multiply(e){return this.multiplyMatrices(this,e)}premultiply(e){return this.multiplyMatrices(e,this)}multiplyMatrices(e,t){let n=e.elements,s=t.elements,r=this.elements,o=n[0],a=n[3],l=n[6],c=n[1],h=n[4],p=n[7],u=n[2],f=n[5],x=n[8],S=s[0],m=s[3],d=s[6],_=s[1],E=s[4],M=s[7],A=s[2],T=s[5],g=s[8];return r[0]=o*S+a*_+l*A,r[3]=o*m+a*E+l*T,r[6]=o*d+a*M+l*g,r[1]=c*S+h*_+p*A,r[4]=c*m+h*E+p*T,r[7]=c*d+h*M+p*g,r[2]=u*S+f*_+x*A,r[5]=u*m+f*E+x*T,r[8]=u*d+f*M+x*g,this}multiplyScalar(e){let t=this.elements;return t[0]*=e,t[3]*=e,t[6]*=e,t[1]*=e,t[4]*=e,t[7]*=e,t[2]*=e,t[5]*=e,t[8]*=e,this}determinant(){let e=this.elements,t=e[0],n=e[1],s=e[2],r=e[3],o=e[4],a=e[5],l=e[6],c=e[7],h=e[8];return t*o*h-t*a*c-n*r*h+n*a*l+s*r*c-s*o*l}invert(){let e=this.elements,t=e[0],n=e[1],s=e[2],r=e[3],o=e[4],a=e[5],l=e[6],c=e[7],h=e[8],p=h*o-a*c,u=a*l-h*r,f=c*r-o*l,x=t*p+n*u+s*f;if(x===0)return this.set(0,0,0,0,0,0,0,0,0);let S=1/x;return e[0]=p*S,e[1]=(s*c-h*n)*S,e[2]=(a*n-s*o)*S,e[3]=u*S,e[4]=(h*t-s*l)*S,e[5]=(s*r-a*t)*S,e[6]=f*S,e[7]=(n*l-c*t)*S,e[8]=(o*t-n*r)*S,this}transpose(){let e,t=this.elements;return e=t[1],t[1]=t[3],t[3]=e,e=t[2],t[2]=t[6],t[6]=e,e=t[5],t[5]=t[7],t[7]=e,this}getNormalMatrix(e){return this.setFromMatrix4(e).invert().transpose()}transposeIntoArray(e){let t=this.elements;return e[0]=t[0],e[1]=t[3],e[2]=t[6],e[3]=t[1],e[4]=t[4],e[5]=t[7],e[6]=t[2],e[7]=t[5],e[8]=t[8],this}setUvTransform(e,t,n,s,r,o,a){let l=Math.cos(r),c=Math.sin(r);return this.set(n*l,n*c,-n*(l*o+c*a)+o+e,-s*c,s*l,-s*(-c*o+l*a)+a+t,0,0,1),this}scale(e,t){return xs("Matrix3: .scale() is deprecated. Use .makeScale() instead."),this.premultiply(Ja.makeScale(e,t)),this}rotate(e){return xs("Matrix3: .rotate() is deprecated. Use .makeRotation() instead."),this.premultiply(Ja.makeRotation(-e)),this}translate(e,t){return xs("Matrix3: .translate() is deprecated. Use .makeTranslation() instead."),this.premultiply(Ja.makeTranslation(e,t)),this}makeTranslation(e,t){return e.isVector2?this.set(1,0,e.x,0,1,e.y,0,0,1):this.set(1,0,e,0,1,t,0,0,1),this}makeRotation(e){let t=Math.cos(e),n=Math.sin(e);return this.set(t,-n,0,n,t,0,0,0,1),this}makeScale(e,t){return this.set(e,0,0,0,t,0,0,0,1),this}equals(e){let t=this.elements,n=e.elements;for(let s=0;s<9;s++)if(t[s]!==n[s])return!1;return!0}fromArray(e,t=0){for(let n=0;n<9;n++)this.elements[n]=e[n+t];return this}toArray(e=[],t=0){let n=this.elements;return e[t]=n[0],e[t+1]=n[1],e[t+2]=n[2],e[t+3]=n[3],e[t+4]=n[4],e[t+5]=n[5],e[t+6]=n[6],e[t+7]=n[7],e[t+8]=n[8],e}clone(){return new this.constructor().fromArray(this.elements)}},Ja=new Ie,eh=new Ie().set(.4123908,.3575843,.1804808,.212639,.7151687,.0721923,.0193308,.1191948,.9505322),th=new Ie().set(3.2409699,-1.5373832,-.4986108,-.9692436,1.8759675,.0415551,.0556301,-.203977,1.0569715);function df(){let i={enabled:!0,workingColorSpace:bs,spaces:{},convert:function(s,r,o){return this.enabled===!1||r===o||!r||!o||(this.spaces[r].transfer===Ke&&(s.r=Fn(s.r),s.g=Fn(s.g),s.b=Fn(s.b)),this.spaces[r].primaries!==this.spaces[o].primaries&&(s.applyMatrix3(this.spaces[r].toXYZ),s.applyMatrix3(this.spaces[o].fromXYZ)),this.spaces[o].transfer===Ke&&(s.r=Bi(s.r),s.g=Bi(s.g),s.b=Bi(s.b))),s},workingToColorSpace:function(s,r){return this.convert(s,this.workingColorSpace,r)},colorSpaceToWorking:function(s,r){return this.convert(s,r,this.workingColorSpace)},getPrimaries:function(s){return this.spaces[s].primaries},getTransfer:function(s){return s===Vn?Ms:this.spaces[s].transfer},getToneMappingMode:function(s){return this.spaces[s].outputColorSpaceConfig.toneMappingMode||"standard"},getLuminanceCoefficients:function(s,r=this.workingColorSpace){return s.fromArray(this.spaces[r].luminanceCoefficients)},define:function(s){Object.assign(this.spaces,s)},_getMatrix:function(s,r,o){return s.copy(this.spaces[o].fromXYZ).multiply(this.spaces[r].toXYZ)},_getDrawingBufferColorSpace:function(s){return this.spaces[s].outputColorSpaceConfig.drawingBufferColorSpace},_getUnpackColorSpace:function(s=this.workingColorSpace){return this.spaces[s].workingColorSpaceConfig.unpackColorSpace}},e=[.64,.33,.3,.6,.15,.06],t=[.2126,.7152,.0722],n=[.3127,.329];return i.define({[bs]:{primaries:e,whitePoint:n,transfer:Ms,toXYZ:eh,fromXYZ:th,luminanceCoefficients:t,workingColorSpaceConfig:{unpackColorSpace:Yt},outputColorSpaceConfig:{drawingBufferColorSpace:Yt}},[Yt]:{primaries:e,whitePoint:n,transfer:Ke,toXYZ:eh,fromXYZ:th,luminanceCoefficients:t,outputColorSpaceConfig:{drawingBufferColorSpace:Yt}}}),i}var We=df();function Fn(i){return i<.04045?i*.0773993808:Math.pow(i*.9478672986+.0521327014,2.4)}function Bi(i){return i<.0031308?i*12.92:1.055*Math.pow(i,.41666)-.055}var wi,Qr=class{static getDataURL(e,t="image/png"){if(/^data:/i.test(e.src)||typeof HTMLCanvasElement>"u")return e.src;let n;if(e instanceof HTMLCanvasElement)n=e;else{wi===void 0&&(wi=ws("canvas")),wi.width=e.width,wi.height=e.height;let s=wi.getContext("2d");e instanceof ImageData?s.putImageData(e,0,0):s.drawImage(e,0,0,e.width,e.height),n=wi}return n.toDataURL(t)}static sRGBToLinear(e){if(typeof HTMLImageElement<"u"&&e instanceof HTMLImageElement||typeof HTMLCanvasElement<"u"&&e instanceof HTMLCanvasElement||typeof ImageBitmap<"u"&&e instanceof ImageBitmap){let t=ws("canvas");t.width=e.width,t.height=e.height;let n=t.getContext("2d");n.drawImage(e,0,0,e.width,e.height);let s=n.getImageData(0,0,e.width,e.height),r=s.data;for(let o=0;o<r.length;o++)r[o]=Fn(r[o]/255)*255;return n.putImageData(s,0,0),t}else if(e.data){let t=e.data.slice(0);for(let n=0;n<t.length;n++)t instanceof Uint8Array||t instanceof Uint8ClampedArray?t[n]=Math.floor(Fn(t[n]/255)*255):t[n]=Fn(t[n]);return{data:t,width:e.width,height:e.height}}else return Re("ImageUtils.sRGBToLinear(): Unsupported image type. No color space conversion applied."),e}},ff=0,Hi=class{constructor(e=null){this.isTextureSource=!0,Object.defineProperty(this,"id",{value:ff++}),this.uuid=ns(),this.data=e,this.dataReady=!0,this.version=0}getSize(e){let t=this.data;return typeof HTMLVideoElement<"u"&&t instanceof HTMLVideoElement?e.set(t.videoWidth,t.videoHeight,0):typeof VideoFrame<"u"&&t instanceof VideoFrame?e.set(t.displayWidth,t.displayHeight,0):t!==null?e.set(t.width||0,t.height||0,t.depth||0):e.set(0,0,0),e}set needsUpdate(e){e===!0&&this.version++}toJSON(e){let t=e===void 0||typeof e=="string";if(!t&&e.images[this.uuid]!==void 0)return e.images[this.uuid];let n={uuid:this.uuid,url:""},s=this.data;if(s!==null){let r;if(Array.isArray(s)){r=[];for(let o=0,a=s.length;o<a;o++)s[o].isDataTexture?r.push(ja(s[o].image)):r.push(ja(s[o]))}else r=ja(s);n.url=r}return t||(e.images[this.uuid]=n),n}};function ja(i){return typeof HTMLImageElement<"u"&&i instanceof HTMLImageElement||typeof HTMLCanvasElement<"u"&&i instanceof HTMLCanvasElement||typeof ImageBitmap<"u"&&i instanceof ImageBitmap?Qr.getDataURL(i):i.data?{data:Array.from(i.data),width:i.width,height:i.height,type:i.data.constructor.name}:(Re("Texture: Unable to serialize Texture."),{})}var pf=0,Qa=new U,Gt=class i extends un{constructor(e=i.DEFAULT_IMAGE,t=i.DEFAULT_MAPPING,n=xn,s=xn,r=Ot,o=kn,a=pn,l=Ht,c=i.DEFAULT_ANISOTROPY,h=Vn){super(),this.isTexture=!0,Object.defineProperty(this,"id",{value:pf++}),this.uuid=ns(),this.name="",this.source=new Hi(e),this.mipmaps=[],this.mapping=t,this.channel=0,this.wrapS=n,this.wrapT=s,this.magFilter=r,this.minFilter=o,this.anisotropy=c,this.format=a,this.internalFormat=null,this.type=l,this.offset=new Te(0,0),this.repeat=new Te(1,1),this.center=new Te(0,0),this.rotation=0,this.matrixAutoUpdate=!0,this.matrix=new Ie,this.generateMipmaps=!0,this.mipmapsAutoUpdate=!0,this.premultiplyAlpha=!1,this.flipY=!0,this.unpackAlignment=4,this.colorSpace=h,this.userData={},this.updateRanges=[],this.version=0,this.onUpdate=null,this.renderTarget=null,this.isRenderTargetTexture=!1,this.isArrayTexture=!!(e&&e.depth&&e.depth>1),this.pmremVersion=0,this.isPMREMTexture=!1,this.normalized=!1}get width(){return this.source.getSize(Qa).x}get height(){return this.source.getSize(Qa).y}get depth(){return this.source.getSize(Qa).z}get image(){return this.source.data}set image(e){this.source.data=e}updateMatrix(){this.matrix.setUvTransform(this.offset.x,this.offset.y,this.repeat.x,this.repeat.y,this.rotation,this.center.x,this.center.y)}addUpdateRange(e,t){this.updateRanges.push({start:e,count:t})}clearUpdateRanges(){this.updateRanges.length=0}clone(){return new this.constructor().copy(this)}copy(e){return this.name=e.name,this.source=e.source,this.mipmaps=e.mipmaps.slice(0),this.mapping=e.mapping,this.channel=e.channel,this.wrapS=e.wrapS,this.wrapT=e.wrapT,this.magFilter=e.magFilter,this.minFilter=e.minFilter,this.anisotropy=e.anisotropy,this.format=e.format,this.internalFormat=e.internalFormat,this.type=e.type,this.normalized=e.normalized,this.offset.copy(e.offset),this.repeat.copy(e.repeat),this.center.copy(e.center),this.rotation=e.rotation,this.matrixAutoUpdate=e.matrixAutoUpdate,this.matrix.copy(e.matrix),this.generateMipmaps=e.generateMipmaps,this.mipmapsAutoUpdate=e.mipmapsAutoUpdate,this.premultiplyAlpha=e.premultiplyAlpha,this.flipY=e.flipY,this.unpackAlignment=e.unpackAlignment,this.colorSpace=e.colorSpace,this.renderTarget=e.renderTarget,this.isRenderTargetTexture=e.isRenderTargetTexture,this.isPMREMTexture=e.isPMREMTexture,this.isArrayTexture=e.isArrayTexture,this.userData=JSON.parse(JSON.stringify(e.userData)),this.needsUpdate=!0,this}setValues(e){for(let t in e){let n=e[t];if(n===void 0){Re(`Texture.setValues(): parameter '${t}' has value of undefined.`);continue}let s=this[t];if(s===void 0){Re(`Texture.setValues(): property '${t}' does not exist.`);continue}s&&n&&s.isVector2&&n.isVector2||s&&n&&s.isVector3&&n.isVector3||s&&n&&s.isMatrix3&&n.isMatrix3?s.copy(n):this[t]=n}}toJSON(e){let t=e===void 0||typeof e=="string";if(!t&&e.textures[this.uuid]!==void 0)return e.textures[this.uuid];let n={metadata:{version:4.7,type:"Texture",generator:"Texture.toJSON"},uuid:this.uuid,name:this.name,image:this.source.toJSON(e).uuid,mapping:this.mapping,channel:this.channel,repeat:[this.repeat.x,this.repeat.y],offset:[this.offset.x,this.offset.y],center:[this.center.x,this.center.y],rotation:this.rotation,wrap:[this.wrapS,this.wrapT],format:this.format,internalFormat:this.internalFormat,type:this.type,normalized:this.normalized,colorSpace:this.colorSpace,minFilter:this.minFilter,magFilter:this.magFilter,anisotropy:this.anisotropy,flipY:this.flipY,generateMipmaps:this.generateMipmaps,mipmapsAutoUpdate:this.mipmapsAutoUpdate,premultiplyAlpha:this.premultiplyAlpha,unpackAlignment:this.unpackAlignment};return Object.keys(this.userData).length>0&&(n.userData=this.userData),t||(e.textures[this.uuid]=n),n}dispose(){this.dispatchEvent({type:"dispose"})}transformUv(e){if(this.mapping!==Nl)return e;if(e.applyMatrix3(this.matrix),e.x<0||e.x>1)switch(this.wrapS){case Kr:e.x=e.x-Math.floor(e.x);break;case xn:e.x=e.x<0?0:1;break;case Jr:Math.abs(Math.floor(e.x)%2)===1?e.x=Math.ceil(e.x)-e.x:e.x=e.x-Math.floor(e.x);break}if(e.y<0||e.y>1)switch(this.wrapT){case Kr:e.y=e.y-Math.floor(e.y);break;case xn:e.y=e.y<0?0:1;break;case Jr:Math.abs(Math.floor(e.y)%2)===1?e.y=Math.ceil(e.y)-e.y:e.y=e.y-Math.floor(e.y);break}return this.flipY&&(e.y=1-e.y),e}set needsUpdate(e){e===!0&&(this.version++,this.source.needsUpdate=!0)}set needsPMREMUpdate(e){e===!0&&this.pmremVersion++}};Gt.DEFAULT_IMAGE=null;Gt.DEFAULT_MAPPING=Nl;Gt.DEFAULT_ANISOTROPY=1;var ot=class{static{this.prototype.isVector4=!0}constructor(e=0,t=0,n=0,s=1){this.x=e,this.y=t,this.z=n,this.w=s}get width(){return this.z}set width(e){this.z=e}get height(){return this.w}set height(e){this.w=e}set(e,t,n,s){return this.x=e,this.y=t,this.z=n,this.w=s,this}setScalar(e){return this.x=e,this.y=e,this.z=e,this.w=e,this}setX(e){return this.x=e,this}setY(e){return this.y=e,this}setZ(e){return this.z=e,this}setW(e){return this.w=e,this}setComponent(e,t){switch(e){case 0:this.x=t;break;case 1:this.y=t;break;case 2:this.z=t;break;case 3:this.w=t;break;default:throw new Error("THREE.Vector4: index is out of range: "+e)}return this}getComponent(e){switch(e){case 0:return this.x;case 1:return this.y;case 2:return this.z;case 3:return this.w;default:throw new Error("THREE.Vector4: index is out of range: "+e)}}clone(){return new this.constructor(this.x,this.y,this.z,this.w)}copy(e){return this.x=e.x,this.y=e.y,this.z=e.z,this.w=e.w!==void 0?e.w:1,this}add(e){return this.x+=e.x,this.y+=e.y,this.z+=e.z,this.w+=e.w,this}addScalar(e){return this.x+=e,this.y+=e,this.z+=e,this.w+=e,this}addVectors(e,t){return this.x=e.x+t.x,this.y=e.y+t.y,this.z=e.z+t.z,this.w=e.w+t.w,this}addScaledVector(e,t){return this.x+=e.x*t,this.y+=e.y*t,this.z+=e.z*t,this.w+=e.w*t,this}sub(e){return this.x-=e.x,this.y-=e.y,this.z-=e.z,this.w-=e.w,this}subScalar(e){return this.x-=e,this.y-=e,this.z-=e,this.w-=e,this}subVectors(e,t){return this.x=e.x-t.x,this.y=e.y-t.y,this.z=e.z-t.z,this.w=e.w-t.w,this}multiply(e){return this.x*=e.x,this.y*=e.y,this.z*=e.z,this.w*=e.w,this}multiplyScalar(e){return this.x*=e,this.y*=e,this.z*=e,this.w*=e,this}applyMatrix4(e){let t=this.x,n=this.y,s=this.z,r=this.w,o=e.elements;return this.x=o[0]*t+o[4]*n+o[8]*s+o[12]*r,this.y=o[1]*t+o[5]*n+o[9]*s+o[13]*r,this.z=o[2]*t+o[6]*n+o[10]*s+o[14]*r,this.w=o[3]*t+o[7]*n+o[11]*s+o[15]*r,this}divide(e){return this.x/=e.x,this.y/=e.y,this.z/=e.z,this.w/=e.w,this}divideScalar(e){return this.multiplyScalar(1/e)}setAxisAngleFromQuaternion(e){this.w=2*Math.acos(e.w);let t=Math.sqrt(1-e.w*e.w);return t<1e-4?(this.x=1,this.y=0,this.z=0):(this.x=e.x/t,this.y=e.y/t,this.z=e.z/t),this}setAxisAngleFromRotationMatrix(e){let t,n,s,r,l=e.elements,c=l[0],h=l[4],p=l[8],u=l[1],f=l[5],x=l[9],S=l[2],m=l[6],d=l[10];if(Math.abs(h-u)<.01&&Math.abs(p-S)<.01&&Math.abs(x-m)<.01){if(Math.abs(h+u)<.1&&Math.abs(p+S)<.1&&Math.abs(x+m)<.1&&Math.abs(c+f+d-3)<.1)return this.set(1,0,0,0),this;t=Math.PI;let E=(c+1)/2,M=(f+1)/2,A=(d+1)/2,T=(h+u)/4,g=(p+S)/4,b=(x+m)/4;return E>M&&E>A?E<.01?(n=0,s=.707106781,r=.707106781):(n=Math.sqrt(E),s=T/n,r=g/n):M>A?M<.01?(n=.707106781,s=0,r=.707106781):(s=Math.sqrt(M),n=T/s,r=b/s):A<.01?(n=.707106781,s=.707106781,r=0):(r=Math.sqrt(A),n=g/r,s=b/r),this.set(n,s,r,t),this}let _=Math.sqrt((m-x)*(m-x)+(p-S)*(p-S)+(u-h)*(u-h));return Math.abs(_)<.001&&(_=1),this.x=(m-x)/_,this.y=(p-S)/_,this.z=(u-h)/_,this.w=Math.acos((c+f+d-1)/2),this}setFromMatrixPosition(e){let t=e.elements;return this.x=t[12],this.y=t[13],this.z=t[14],this.w=t[15],this}min(e){return this.x=Math.min(this.x,e.x),this.y=Math.min(this.y,e.y),this.z=Math.min(this.z,e.z),this.w=Math.min(this.w,e.w),this}max(e){return this.x=Math.max(this.x,e.x),this.y=Math.max(this.y,e.y),this.z=Math.max(this.z,e.z),this.w=Math.max(this.w,e.w),this}clamp(e,t){return this.x=ze(this.x,e.x,t.x),this.y=ze(this.y,e.y,t.y),this.z=ze(this.z,e.z,t.z),this.w=ze(this.w,e.w,t.w),this}clampScalar(e,t){return this.x=ze(this.x,e,t),this.y=ze(this.y,e,t),this.z=ze(this.z,e,t),this.w=ze(this.w,e,t),this}clampLength(e,t){let n=this.length();return this.divideScalar(n||1).multiplyScalar(ze(n,e,t))}floor(){return this.x=Math.floor(this.x),this.y=Math.floor(this.y),this.z=Math.floor(this.z),this.w=Math.floor(this.w),this}ceil(){return this.x=Math.ceil(this.x),this.y=Math.ceil(this.y),this.z=Math.ceil(this.z),this.w=Math.ceil(this.w),this}round(){return this.x=Math.round(this.x),this.y=Math.round(this.y),this.z=Math.round(this.z),this.w=Math.round(this.w),this}roundToZero(){return this.x=Math.trunc(this.x),this.y=Math.trunc(this.y),this.z=Math.trunc(this.z),this.w=Math.trunc(this.w),this}negate(){return this.x=-this.x,this.y=-this.y,this.z=-this.z,this.w=-this.w,this}dot(e){return this.x*e.x+this.y*e.y+this.z*e.z+this.w*e.w}lengthSq(){return this.x*this.x+this.y*this.y+this.z*this.z+this.w*this.w}length(){return Math.sqrt(this.x*this.x+this.y*this.y+this.z*this.z+this.w*this.w)}manhattanLength(){return Math.abs(this.x)+Math.abs(this.y)+Math.abs(this.z)+Math.abs(this.w)}normalize(){return this.divideScalar(this.length()||1)}setLength(e){return this.normalize().multiplyScalar(e)}lerp(e,t){return this.x+=(e.x-this.x)*t,this.y+=(e.y-this.y)*t,this.z+=(e.z-this.z)*t,this.w+=(e.w-this.w)*t,this}lerpVectors(e,t,n){return this.x=e.x+(t.x-e.x)*n,this.y=e.y+(t.y-e.y)*n,this.z=e.z+(t.z-e.z)*n,this.w=e.w+(t.w-e.w)*n,this}equals(e){return e.x===this.x&&e.y===this.y&&e.z===this.z&&e.w===this.w}fromArray(e,t=0){return this.x=e[t],this.y=e[t+1],this.z=e[t+2],this.w=e[t+3],this}toArray(e=[],t=0){return e[t]=this.x,e[t+1]=this.y,e[t+2]=this.z,e[t+3]=this.w,e}fromBufferAttribute(e,t){return this.x=e.getX(t),this.y=e.getY(t),this.z=e.getZ(t),this.w=e.getW(t),this}random(){return this.x=Math.random(),this.y=Math.random(),this.z=Math.random(),this.w=Math.random(),this}*[Symbol.iterator](){yield this.x,yield this.y,yield this.z,yield this.w}},$r=class extends un{constructor(e=1,t=1,n={}){super(),n=Object.assign({generateMipmaps:!1,internalFormat:null,minFilter:Ot,depthBuffer:!0,stencilBuffer:!1,resolveColorBuffer:!0,resolveDepthBuffer:!0,resolveStencilBuffer:!0,storeMultisampledColorBuffer:!0,storeMultisampledDepthBuffer:!0,storeMultisampledStencilBuffer:!0,depthTexture:null,samples:0,count:1,depth:1,multiview:!1,useArrayDepthTexture:!1},n),this.isRenderTarget=!0,this.width=e,this.height=t,this.depth=n.depth,this.scissor=new ot(0,0,e,t),this.scissorTest=!1,this.viewport=new ot(0,0,e,t),this.textures=[];let s=n.count;for(let r=0;r<s;r++)this.textures[r]=new Gt({width:e,height:t,depth:n.depth}),this.textures[r].isRenderTargetTexture=!0,this.textures[r].renderTarget=this;this._setTextureOptions(n),this.depthBuffer=n.depthBuffer,this.stencilBuffer=n.stencilBuffer,this.resolveColorBuffer=n.resolveColorBuffer,this.resolveDepthBuffer=n.resolveDepthBuffer,this.resolveStencilBuffer=n.resolveStencilBuffer,this.storeMultisampledColorBuffer=n.storeMultisampledColorBuffer,this.storeMultisampledDepthBuffer=n.storeMultisampledDepthBuffer,this.storeMultisampledStencilBuffer=n.storeMultisampledStencilBuffer,this._depthTexture=null,this.depthTexture=n.depthTexture,this.samples=n.samples,this.multiview=n.multiview,this.useArrayDepthTexture=n.useArrayDepthTexture}_setTextureOptions(e={}){let t={minFilter:Ot,generateMipmaps:!1,flipY:!1,internalFormat:null};e.mapping!==void 0&&(t.mapping=e.mapping),e.wrapS!==void 0&&(t.wrapS=e.wrapS),e.wrapT!==void 0&&(t.wrapT=e.wrapT),e.wrapR!==void 0&&(t.wrapR=e.wrapR),e.magFilter!==void 0&&(t.magFilter=e.magFilter),e.minFilter!==void 0&&(t.minFilter=e.minFilter),e.format!==void 0&&(t.format=e.format),e.type!==void 0&&(t.type=e.type),e.anisotropy!==void 0&&(t.anisotropy=e.anisotropy),e.colorSpace!==void 0&&(t.colorSpace=e.colorSpace),e.flipY!==void 0&&(t.flipY=e.flipY),e.generateMipmaps!==void 0&&(t.generateMipmaps=e.generateMipmaps),e.mipmapsAutoUpdate!==void 0&&(t.mipmapsAutoUpdate=e.mipmapsAutoUpdate),e.internalFormat!==void 0&&(t.internalFormat=e.internalFormat);for(let n=0;n<this.textures.length;n++)this.textures[n].setValues(t)}get texture(){return this.textures[0]}set texture(e){this.textures[0]=e}set depthTexture(e){this._depthTexture!==null&&this._depthTexture.renderTarget===this&&(this._depthTexture.renderTarget=null),e!==null&&e.renderTarget===null&&(e.renderTarget=this),this._depthTexture=e}get depthTexture(){return this._depthTexture}setSize(e,t,n=1){if(this.width!==e||this.height!==t||this.depth!==n){this.width=e,this.height=t,this.depth=n;for(let s=0,r=this.textures.length;s<r;s++)this.textures[s].image.width=e,this.textures[s].image.height=t,this.textures[s].image.depth=n,this.textures[s].isData3DTexture!==!0&&(this.textures[s].isArrayTexture=this.textures[s].image.depth>1);this.dispose()}this.viewport.set(0,0,e,t),this.scissor.set(0,0,e,t)}clone(){return new this.constructor().copy(this)}copy(e){this.width=e.width,this.height=e.height,this.depth=e.depth,this.scissor.copy(e.scissor),this.scissorTest=e.scissorTest,this.viewport.copy(e.viewport),this.textures.length=0;for(let t=0,n=e.textures.length;t<n;t++){this.textures[t]=e.textures[t].clone(),this.textures[t].isRenderTargetTexture=!0,this.textures[t].renderTarget=this;let s=Object.assign({},e.textures[t].image);this.textures[t].source=new Hi(s)}if(this.depthBuffer=e.depthBuffer,this.stencilBuffer=e.stencilBuffer,this.resolveColorBuffer=e.resolveColorBuffer,this.resolveDepthBuffer=e.resolveDepthBuffer,this.resolveStencilBuffer=e.resolveStencilBuffer,this.storeMultisampledColorBuffer=e.storeMultisampledColorBuffer,this.storeMultisampledDepthBuffer=e.storeMultisampledDepthBuffer,this.storeMultisampledStencilBuffer=e.storeMultisampledStencilBuffer,e.depthTexture!==null)if(e.depthTexture.renderTarget===e){let t=e.depthTexture.clone();t.renderTarget=null,this.depthTexture=t}else this.depthTexture=e.depthTexture;else this.depthTexture=null;return this.samples=e.samples,this.multiview=e.multiview,this.useArrayDepthTexture=e.useArrayDepthTexture,this}dispose(){this.dispatchEvent({type:"dispose"})}},Kt=class extends $r{constructor(e=1,t=1,n={}){super(e,t,n),this.isWebGLRenderTarget=!0}},Ts=class extends Gt{constructor(e=null,t=1,n=1,s=1){super(null),this.isDataArrayTexture=!0,this.image={data:e,width:t,height:n,depth:s},this.magFilter=St,this.minFilter=St,this.wrapR=xn,this.generateMipmaps=!1,this.flipY=!1,this.unpackAlignment=1,this.layerUpdates=new Set}copy(e){return super.copy(e),this.wrapR=e.wrapR,this}addLayerUpdate(e){this.layerUpdates.add(e)}clearLayerUpdates(){this.layerUpdates.clear()}};var eo=class extends Gt{constructor(e=null,t=1,n=1,s=1){super(null),this.isData3DTexture=!0,this.image={data:e,width:t,height:n,depth:s},this.magFilter=St,this.minFilter=St,this.wrapR=xn,this.generateMipmaps=!1,this.flipY=!1,this.unpackAlignment=1}copy(e){return super.copy(e),this.wrapR=e.wrapR,this}};var Qe=class i{static{this.prototype.isMatrix4=!0}constructor(e,t,n,s,r,o,a,l,c,h,p,u,f,x,S,m){this.elements=[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1],e!==void 0&&this.set(e,t,n,s,r,o,a,l,c,h,p,u,f,x,S,m)}set(e,t,n,s,r,o,a,l,c,h,p,u,f,x,S,m){let d=this.elements;return d[0]=e,d[4]=t,d[8]=n,d[12]=s,d[1]=r,d[5]=o,d[9]=a,d[13]=l,d[2]=c,d[6]=h,d[10]=p,d[14]=u,d[3]=f,d[7]=x,d[11]=S,d[15]=m,this}identity(){return this.set(1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1),this}clone(){return new i().fromArray(this.elements)}copy(e){let t=this.elements,n=e.elements;return t[0]=n[0],t[1]=n[1],t[2]=n[2],t[3]=n[3],t[4]=n[4],t[5]=n[5],t[6]=n[6],t[7]=n[7],t[8]=n[8],t[9]=n[9],t[10]=n[10],t[11]=n[11],t[12]=n[12],t[13]=n[13],t[14]=n[14],t[15]=n[15],this}copyPosition(e){let t=this.elements,n=e.elements;return t[12]=n[12],t[13]=n[13],t[14]=n[14],this}setFromMatrix3(e){let t=e.elements;return this.set(t[0],t[3],t[6],0,t[1],t[4],t[7],0,t[2],t[5],t[8],0,0,0,0,1),this}extractBasis(e,t,n){return this.determinantAffine()===0?(e.set(1,0,0),t.set(0,1,0),n.set(0,0,1),this):(e.setFromMatrixColumn(this,0),t.setFromMatrixColumn(this,1),n.setFromMatrixColumn(this,2),this)}makeBasis(e,t,n){return this.set(e.x,t.x,n.x,0,e.y,t.y,n.y,0,e.z,t.z,n.z,0,0,0,0,1),this}extractRotation(e){if(e.determinantAffine()===0)return this.identity();let t=this.elements,n=e.elements,s=1/Ti.setFromMatrixColumn(e,0).length(),r=1/Ti.setFromMatrixColumn(e,1).length(),o=1/Ti.setFromMatrixColumn(e,2).length();return t[0]=n[0]*s,t[1]=n[1]*s,t[2]=n[2]*s,t[3]=0,t[4]=n[4]*r,t[5]=n[5]*r,t[6]=n[6]*r,t[7]=0,t[8]=n[8]*o,t[9]=n[9]*o,t[10]=n[10]*o,t[11]=0,t[12]=0,t[13]=0,t[14]=0,t[15]=1,this}makeRotationFromEuler(e){let t=this.elements,n=e.x,s=e.y,r=e.z,o=Math.cos(n),a=Math.sin(n),l=Math.cos(s),c=Math.sin(s),h=Math.cos(r),p=Math.sin(r);if(e.order==="XYZ"){let u=o*h,f=o*p,x=a*h,S=a*p;t[0]=l*h,t[4]=-l*p,t[8]=c,t[1]=f+x*c,t[5]=u-S*c,t[9]=-a*l,t[2]=S-u*c,t[6]=x+f*c,t[10]=o*l}else if(e.order==="YXZ"){let u=l*h,f=l*p,x=c*h,S=c*p;t[0]=u+S*a,t[4]=x*a-f,t[8]=o*c,t[1]=o*p,t[5]=o*h,t[9]=-a,t[2]=f*a-x,t[6]=S+u*a,t[10]=o*l}else if(e.order==="ZXY"){let u=l*h,f=l*p,x=c*h,S=c*p;t[0]=u-S*a,t[4]=-o*p,t[8]=x+f*a,t[1]=f+x*a,t[5]=o*h,t[9]=S-u*a,t[2]=-o*c,t[6]=a,t[10]=o*l}else if(e.order==="ZYX"){let u=o*h,f=o*p,x=a*h,S=a*p;t[0]=l*h,t[4]=x*c-f,t[8]=u*c+S,t[1]=l*p,t[5]=S*c+u,t[9]=f*c-x,t[2]=-c,t[6]=a*l,t[10]=o*l}else if(e.order==="YZX"){let u=o*l,f=o*c,x=a*l,S=a*c;t[0]=l*h,t[4]=S-u*p,t[8]=x*p+f,t[1]=p,t[5]=o*h,t[9]=-a*h,t[2]=-c*h,t[6]=f*p+x,t[10]=u-S*p}else if(e.order==="XZY"){let u=o*l,f=o*c,x=a*l,S=a*c;t[0]=l*h,t[4]=-p,t[8]=c*h,t[1]=u*p+S,t[5]=o*h,t[9]=f*p-x,t[2]=x*p-f,t[6]=a*h,t[10]=S*p+u}return t[3]=0,t[7]=0,t[11]=0,t[12]=0,t[13]=0,t[14]=0,t[15]=1,this}makeRotationFromQuaternion(e){return this.compose(mf,e,gf)}lookAt(e,t,n){let s=this.elements;return Xt.subVectors(e,t),Xt.lengthSq()===0&&(Xt.z=1),Xt.normalize(),Xn.crossVectors(n,Xt),Xn.lengthSq()===0&&(Math.abs(n.z)===1?Xt.x+=1e-4:Xt.z+=1e-4,Xt.normalize(),Xn.crossVectors(n,Xt)),Xn.normalize(),vr.crossVectors(Xt,Xn),s[0]=Xn.x,s[4]=vr.x,s[8]=Xt.x,s[1]=Xn.y,s[5]=vr.y,s[9]=Xt.y,s[2]=Xn.z,s[6]=vr.z,s[10]=Xt.z,this}multiply(e){return this.multiplyMatrices(this,e)}premultiply(e){return this.multiplyMatrices(e,this)}multiplyMatrices(e,t){let n=e.elements,s=t.elements,r=this.elements,o=n[0],a=n[4],l=n[8],c=n[12],h=n[1],p=n[5],u=n[9],f=n[13],x=n[2],S=n[6],m=n[10],d=n[14],_=n[3],E=n[7],M=n[11],A=n[15],T=s[0],g=s[4],b=s[8],N=s[12],C=s[1],D=s[5],k=s[9],q=s[13],I=s[2],W=s[6],J=s[10],V=s[14],te=s[3],H=s[7],Q=s[11],$=s[15];return r[0]=o*T+a*C+l*I+c*te,r[4]=o*g+a*D+l*W+c*H,r[8]=o*b+a*k+l*J+c*Q,r[12]=o*N+a*q+l*V+c*$,r[1]=h*T+p*C+u*I+f*te,r[5]=h*g+p*D+u*W+f*H,r[9]=h*b+p*k+u*J+f*Q,r[13]=h*N+p*q+u*V+f*$,r[2]=x*T+S*C+m*I+d*te,r[6]=x*g+S*D+m*W+d*H,r[10]=x*b+S*k+m*J+d*Q,r[14]=x*N+S*q+m*V+d*$,r[3]=_*T+E*C+M*I+A*te,r[7]=_*g+E*D+M*W+A*H,r[11]=_*b+E*k+M*J+A*Q,r[15]=_*N+E*q+M*V+A*$,this}multiplyScalar(e){let t=this.elements;return t[0]*=e,t[4]*=e,t[8]*=e,t[12]*=e,t[1]*=e,t[5]*=e,t[9]*=e,t[13]*=e,t[2]*=e,t[6]*=e,t[10]*=e,t[14]*=e,t[3]*=e,t[7]*=e,t[11]*=e,t[15]*=e,this}determinant(){let e=this.elements,t=e[0],n=e[4],s=e[8],r=e[12],o=e[1],a=e[5],l=e[9],c=e[13],h=e[2],p=e[6],u=e[10],f=e[14],x=e[3],S=e[7],m=e[11],d=e[15],_=l*f-c*u,E=a*f-c*p,M=a*u-l*p,A=o*f-c*h,T=o*u-l*h,g=o*p-a*h;return t*(S*_-m*E+d*M)-n*(x*_-m*A+d*T)+s*(x*E-S*A+d*g)-r*(x*M-S*T+m*g)}determinantAffine(){let e=this.elements,t=e[0],n=e[4],s=e[8],r=e[1],o=e[5],a=e[9],l=e[2],c=e[6],h=e[10];return t*(o*h-a*c)-n*(r*h-a*l)+s*(r*c-o*l)}transpose(){let e=this.elements,t;return t=e[1],e[1]=e[4],e[4]=t,t=e[2],e[2]=e[8],e[8]=t,t=e[6],e[6]=e[9],e[9]=t,t=e[3],e[3]=e[12],e[12]=t,t=e[7],e[7]=e[13],e[13]=t,t=e[11],e[11]=e[14],e[14]=t,this}setPosition(e,t,n){let s=this.elements;return e.isVector3?(s[12]=e.x,s[13]=e.y,s[14]=e.z):(s[12]=e,s[13]=t,s[14]=n),this}invert(){let e=this.elements,t=e[0],n=e[1],s=e[2],r=e[3],o=e[4],a=e[5],l=e[6],c=e[7],h=e[8],p=e[9],u=e[10],f=e[11],x=e[12],S=e[13],m=e[14],d=e[15],_=t*a-n*o,E=t*l-s*o,M=t*c-r*o,A=n*l-s*a,T=n*c-r*a,g=s*c-r*l,b=h*S-p*x,N=h*m-u*x,C=h*d-f*x,D=p*m-u*S,k=p*d-f*S,q=u*d-f*m,I=_*q-E*k+M*D+A*C-T*N+g*b;if(I===0)return this.set(0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0);let W=1/I;return e[0]=(a*q-l*k+c*D)*W,e[1]=(s*k-n*q-r*D)*W,e[2]=(S*g-m*T+d*A)*W,e[3]=(u*T-p*g-f*A)*W,e[4]=(l*C-o*q-c*N)*W,e[5]=(t*q-s*C+r*N)*W,e[6]=(m*M-x*g-d*E)*W,e[7]=(h*g-u*M+f*E)*W,e[8]=(o*k-a*C+c*b)*W,e[9]=(n*C-t*k-r*b)*W,e[10]=(x*T-S*M+d*_)*W,e[11]=(p*M-h*T-f*_)*W,e[12]=(a*N-o*D-l*b)*W,e[13]=(t*D-n*N+s*b)*W,e[14]=(S*E-x*A-m*_)*W,e[15]=(h*A-p*E+u*_)*W,this}scale(e){let t=this.elements,n=e.x,s=e.y,r=e.z;return t[0]*=n,t[4]*=s,t[8]*=r,t[1]*=n,t[5]*=s,t[9]*=r,t[2]*=n,t[6]*=s,t[10]*=r,t[3]*=n,t[7]*=s,t[11]*=r,this}getMaxScaleOnAxis(){let e=this.elements,t=e[0]*e[0]+e[1]*e[1]+e[2]*e[2],n=e[4]*e[4]+e[5]*e[5]+e[6]*e[6],s=e[8]*e[8]+e[9]*e[9]+e[10]*e[10];return Math.sqrt(Math.max(t,n,s))}makeTranslation(e,t,n){return e.isVector3?this.set(1,0,0,e.x,0,1,0,e.y,0,0,1,e.z,0,0,0,1):this.set(1,0,0,e,0,1,0,t,0,0,1,n,0,0,0,1),this}makeRotationX(e){let t=Math.cos(e),n=Math.sin(e);return this.set(1,0,0,0,0,t,-n,0,0,n,t,0,0,0,0,1),this}makeRotationY(e){let t=Math.cos(e),n=Math.sin(e);return this.set(t,0,n,0,0,1,0,0,-n,0,t,0,0,0,0,1),this}makeRotationZ(e){let t=Math.cos(e),n=Math.sin(e);return this.set(t,-n,0,0,n,t,0,0,0,0,1,0,0,0,0,1),this}makeRotationAxis(e,t){let n=Math.cos(t),s=Math.sin(t),r=1-n,o=e.x,a=e.y,l=e.z,c=r*o,h=r*a;return this.set(c*o+n,c*a-s*l,c*l+s*a,0,c*a+s*l,h*a+n,h*l-s*o,0,c*l-s*a,h*l+s*o,r*l*l+n,0,0,0,0,1),this}makeScale(e,t,n){return this.set(e,0,0,0,0,t,0,0,0,0,n,0,0,0,0,1),this}makeShear(e,t,n,s,r,o){return this.set(1,n,r,0,e,1,o,0,t,s,1,0,0,0,0,1),this}compose(e,t,n){let s=this.elements,r=t._x,o=t._y,a=t._z,l=t._w,c=r+r,h=o+o,p=a+a,u=r*c,f=r*h,x=r*p,S=o*h,m=o*p,d=a*p,_=l*c,E=l*h,M=l*p,A=n.x,T=n.y,g=n.z;return s[0]=(1-(S+d))*A,s[1]=(f+M)*A,s[2]=(x-E)*A,s[3]=0,s[4]=(f-M)*T,s[5]=(1-(u+d))*T,s[6]=(m+_)*T,s[7]=0,s[8]=(x+E)*g,s[9]=(m-_)*g,s[10]=(1-(u+S))*g,s[11]=0,s[12]=e.x,s[13]=e.y,s[14]=e.z,s[15]=1,this}decompose(e,t,n){let s=this.elements;e.x=s[12],e.y=s[13],e.z=s[14];let r=this.determinantAffine();if(r===0)return n.set(1,1,1),t.identity(),this;let o=Ti.set(s[0],s[1],s[2]).length(),a=Ti.set(s[4],s[5],s[6]).length(),l=Ti.set(s[8],s[9],s[10]).length();r<0&&(o=-o),ln.copy(this);let c=1/o,h=1/a,p=1/l;return ln.elements[0]*=c,ln.elements[1]*=c,ln.elements[2]*=c,ln.elements[4]*=h,ln.elements[5]*=h,ln.elements[6]*=h,ln.elements[8]*=p,ln.elements[9]*=p,ln.elements[10]*=p,t.setFromRotationMatrix(ln),n.x=o,n.y=a,n.z=l,this}makePerspective(e,t,n,s,r,o,a=nn,l=!1){let c=this.elements,h=2*r/(t-e),p=2*r/(n-s),u=(t+e)/(t-e),f=(n+s)/(n-s),x,S;if(l)x=r/(o-r),S=o*r/(o-r);else if(a===nn)x=-(o+r)/(o-r),S=-2*o*r/(o-r);else if(a===zi)x=-o/(o-r),S=-o*r/(o-r);else throw new Error("THREE.Matrix4.makePerspective(): Invalid coordinate system: "+a);return c[0]=h,c[4]=0,c[8]=u,c[12]=0,c[1]=0,c[5]=p,c[9]=f,c[13]=0,c[2]=0,c[6]=0,c[10]=x,c[14]=S,c[3]=0,c[7]=0,c[11]=-1,c[15]=0,this}makeOrthographic(e,t,n,s,r,o,a=nn,l=!1){let c=this.elements,h=2/(t-e),p=2/(n-s),u=-(t+e)/(t-e),f=-(n+s)/(n-s),x,S;if(l)x=1/(o-r),S=o/(o-r);else if(a===nn)x=-2/(o-r),S=-(o+r)/(o-r);else if(a===zi)x=-1/(o-r),S=-r/(o-r);else throw new Error("THREE.Matrix4.makeOrthographic(): Invalid coordinate system: "+a);return c[0]=h,c[4]=0,c[8]=0,c[12]=u,c[1]=0,c[5]=p,c[9]=0,c[13]=f,c[2]=0,c[6]=0,c[10]=x,c[14]=S,c[3]=0,c[7]=0,c[11]=0,c[15]=1,this}equals(e){let t=this.elements,n=e.elements;for(let s=0;s<16;s++)if(t[s]!==n[s])return!1;return!0}fromArray(e,t=0){for(let n=0;n<16;n++)this.elements[n]=e[n+t];return this}toArray(e=[],t=0){let n=this.elements;return e[t]=n[0],e[t+1]=n[1],e[t+2]=n[2],e[t+3]=n[3],e[t+4]=n[4],e[t+5]=n[5],e[t+6]=n[6],e[t+7]=n[7],e[t+8]=n[8],e[t+9]=n[9],e[t+10]=n[10],e[t+11]=n[11],e[t+12]=n[12],e[t+13]=n[13],e[t+14]=n[14],e[t+15]=n[15],e}},Ti=new U,ln=new Qe,mf=new U(0,0,0),gf=new U(1,1,1),Xn=new U,vr=new U,Xt=new U,nh=new Qe,ih=new Zt,vn=class i{constructor(e=0,t=0,n=0,s=i.DEFAULT_ORDER){this.isEuler=!0,this._x=e,this._y=t,this._z=n,this._order=s}get x(){return this._x}set x(e){this._x=e,this._onChangeCallback()}get y(){return this._y}set y(e){this._y=e,this._onChangeCallback()}get z(){return this._z}set z(e){this._z=e,this._onChangeCallback()}get order(){return this._order}set order(e){this._order=e,this._onChangeCallback()}set(e,t,n,s=this._order){return this._x=e,this._y=t,this._z=n,this._order=s,this._onChangeCallback(),this}clone(){return new this.constructor(this._x,this._y,this._z,this._order)}copy(e){return this._x=e._x,this._y=e._y,this._z=e._z,this._order=e._order,this._onChangeCallback(),this}setFromRotationMatrix(e,t=this._order,n=!0){let s=e.elements,r=s[0],o=s[4],a=s[8],l=s[1],c=s[5],h=s[9],p=s[2],u=s[6],f=s[10];switch(t){case"XYZ":this._y=Math.asin(ze(a,-1,1)),Math.abs(a)<.9999999?(this._x=Math.atan2(-h,f),this._z=Math.atan2(-o,r)):(this._x=Math.atan2(u,c),this._z=0);break;case"YXZ":this._x=Math.asin(-ze(h,-1,1)),Math.abs(h)<.9999999?(this._y=Math.atan2(a,f),this._z=Math.atan2(l,c)):(this._y=Math.atan2(-p,r),this._z=0);break;case"ZXY":this._x=Math.asin(ze(u,-1,1)),Math.abs(u)<.9999999?(this._y=Math.atan2(-p,f),this._z=Math.atan2(-o,c)):(this._y=0,this._z=Math.atan2(l,r));break;case"ZYX":this._y=Math.asin(-ze(p,-1,1)),Math.abs(p)<.9999999?(this._x=Math.atan2(u,f),this._z=Math.atan2(l,r)):(this._x=0,this._z=Math.atan2(-o,c));break;case"YZX":this._z=Math.asin(ze(l,-1,1)),Math.abs(l)<.9999999?(this._x=Math.atan2(-h,c),this._y=Math.atan2(-p,r)):(this._x=0,this._y=Math.atan2(a,f));break;case"XZY":this._z=Math.asin(-ze(o,-1,1)),Math.abs(o)<.9999999?(this._x=Math.atan2(u,c),this._y=Math.atan2(a,r)):(this._x=Math.atan2(-h,f),this._y=0);break;default:Re("Euler: .setFromRotationMatrix() encountered an unknown order: "+t)}return this._order=t,n===!0&&this._onChangeCallback(),this}setFromQuaternion(e,t,n){return nh.makeRotationFromQuaternion(e),this.setFromRotationMatrix(nh,t,n)}setFromVector3(e,t=this._order){return this.set(e.x,e.y,e.z,t)}reorder(e){return ih.setFromEuler(this),this.setFromQuaternion(ih,e)}equals(e){return e._x===this._x&&e._y===this._y&&e._z===this._z&&e._order===this._order}fromArray(e){return this._x=e[0],this._y=e[1],this._z=e[2],e[3]!==void 0&&(this._order=e[3]),this._onChangeCallback(),this}toArray(e=[],t=0){return e[t]=this._x,e[t+1]=this._y,e[t+2]=this._z,e[t+3]=this._order,e}_onChange(e){return this._onChangeCallback=e,this}_onChangeCallback(){}*[Symbol.iterator](){yield this._x,yield this._y,yield this._z,yield this._order}};vn.DEFAULT_ORDER="XYZ";var Wi=class{constructor(){this.mask=1}set(e){this.mask=(1<<e|0)>>>0}enable(e){this.mask|=1<<e|0}enableAll(){this.mask=-1}toggle(e){this.mask^=1<<e|0}disable(e){this.mask&=~(1<<e|0)}disableAll(){this.mask=0}test(e){return(this.mask&e.mask)!==0}isEnabled(e){return(this.mask&(1<<e|0))!==0}},yf=0,sh=new U,Ei=new Zt,Pn=new Qe,_r=new U,ds=new U,xf=new U,vf=new Zt,rh=new U(1,0,0),oh=new U(0,1,0),ah=new U(0,0,1),lh={type:"added"},_f={type:"removed"},Ai={type:"childadded",child:null},$a={type:"childremoved",child:null},Ut=class i extends un{constructor(){super(),this.isObject3D=!0,Object.defineProperty(this,"id",{value:yf++}),this.uuid=ns(),this.name="",this.type="Object3D",this.parent=null,this.children=[],this.up=i.DEFAULT_UP.clone();let e=new U,t=new vn,n=new Zt,s=new U(1,1,1);function r(){n.setFromEuler(t,!1)}function o(){t.setFromQuaternion(n,void 0,!1)}t._onChange(r),n._onChange(o),Object.defineProperties(this,{position:{configurable:!0,enumerable:!0,value:e},rotation:{configurable:!0,enumerable:!0,value:t},quaternion:{configurable:!0,enumerable:!0,value:n},scale:{configurable:!0,enumerable:!0,value:s},modelViewMatrix:{value:new Qe},normalMatrix:{value:new Ie}}),this.matrix=new Qe,this.matrixWorld=new Qe,this.matrixAutoUpdate=i.DEFAULT_MATRIX_AUTO_UPDATE,this.matrixWorldAutoUpdate=i.DEFAULT_MATRIX_WORLD_AUTO_UPDATE,this.matrixWorldNeedsUpdate=!1,this.layers=new Wi,this.visible=!0,this.castShadow=!1,this.receiveShadow=!1,this.frustumCulled=!0,this.renderOrder=0,this.animations=[],this.customDepthMaterial=void 0,this.customDistanceMaterial=void 0,this.static=!1,this.userData={},this.pivot=null}onBeforeShadow(){}onAfterShadow(){}onBeforeRender(){}onAfterRender(){}applyMatrix4(e){this.matrixAutoUpdate&&this.updateMatrix(),this.matrix.premultiply(e),this.matrix.decompose(this.position,this.quaternion,this.scale),this.pivot!==null&&this.position.copy(this.pivot).applyMatrix4(this.matrix).sub(this.pivot)}applyQuaternion(e){return this.quaternion.premultiply(e),this}setRotationFromAxisAngle(e,t){this.quaternion.setFromAxisAngle(e,t)}setRotationFromEuler(e){this.quaternion.setFromEuler(e,!0)}setRotationFromMatrix(e){this.quaternion.setFromRotationMatrix(e)}setRotationFromQuaternion(e){this.quaternion.copy(e)}rotateOnAxis(e,t){return Ei.setFromAxisAngle(e,t),this.quaternion.multiply(Ei),this}rotateOnWorldAxis(e,t){return Ei.setFromAxisAngle(e,t),this.quaternion.premultiply(Ei),this}rotateX(e){return this.rotateOnAxis(rh,e)}rotateY(e){return this.rotateOnAxis(oh,e)}rotateZ(e){return this.rotateOnAxis(ah,e)}translateOnAxis(e,t){return sh.copy(e).applyQuaternion(this.quaternion),this.position.add(sh.multiplyScalar(t)),this}translateX(e){return this.translateOnAxis(rh,e)}translateY(e){return this.translateOnAxis(oh,e)}translateZ(e){return this.translateOnAxis(ah,e)}localToWorld(e){return this.updateWorldMatrix(!0,!1),e.applyMatrix4(this.matrixWorld)}worldToLocal(e){return this.updateWorldMatrix(!0,!1),e.applyMatrix4(Pn.copy(this.matrixWorld).invert())}lookAt(e,t,n){e.isVector3?_r.copy(e):_r.set(e,t,n);let s=this.parent;this.updateWorldMatrix(!0,!1),ds.setFromMatrixPosition(this.matrixWorld),this.isCamera||this.isLight?Pn.lookAt(ds,_r,this.up):Pn.lookAt(_r,ds,this.up),this.quaternion.setFromRotationMatrix(Pn),s&&(Pn.extractRotation(s.matrixWorld),Ei.setFromRotationMatrix(Pn),this.quaternion.premultiply(Ei.invert()))}add(e){if(arguments.length>1){for(let t=0;t<arguments.length;t++)this.add(arguments[t]);return this}return e===this?(Pe("Object3D.add: object can't be added as a child of itself.",e),this):(e&&e.isObject3D?(e.removeFromParent(),e.parent=this,this.children.push(e),e.dispatchEvent(lh),Ai.child=e,this.dispatchEvent(Ai),Ai.child=null):Pe("Object3D.add: object not an instance of THREE.Object3D.",e),this)}remove(e){if(arguments.length>1){for(let n=0;n<arguments.length;n++)this.remove(arguments[n]);return this}let t=this.children.indexOf(e);return t!==-1&&(e.parent=null,this.children.splice(t,1),e.dispatchEvent(_f),$a.child=e,this.dispatchEvent($a),$a.child=null),this}removeFromParent(){let e=this.parent;return e!==null&&e.remove(this),this}clear(){return this.remove(...this.children)}attach(e){return this.updateWorldMatrix(!0,!1),Pn.copy(this.matrixWorld).invert(),e.parent!==null&&(e.parent.updateWorldMatrix(!0,!1),Pn.multiply(e.parent.matrixWorld)),e.applyMatrix4(Pn),e.removeFromParent(),e.parent=this,this.children.push(e),e.updateWorldMatrix(!1,!0),e.dispatchEvent(lh),Ai.child=e,this.dispatchEvent(Ai),Ai.child=null,this}getObjectById(e){return this.getObjectByProperty("id",e)}getObjectByName(e){return this.getObjectByProperty("name",e)}getObjectByProperty(e,t){if(this[e]===t)return this;for(let n=0,s=this.children.length;n<s;n++){let o=this.children[n].getObjectByProperty(e,t);if(o!==void 0)return o}}getObjectsByProperty(e,t,n=[]){this[e]===t&&n.push(this);let s=this.children;for(let r=0,o=s.length;r<o;r++)s[r].getObjectsByProperty(e,t,n);return n}getWorldPosition(e){return this.updateWorldMatrix(!0,!1),e.setFromMatrixPosition(this.matrixWorld)}getWorldQuaternion(e){return this.updateWorldMatrix(!0,!1),this.matrixWorld.decompose(ds,e,xf),e}getWorldScale(e){return this.updateWorldMatrix(!0,!1),this.matrixWorld.decompose(ds,vf,e),e}getWorldDirection(e){this.updateWorldMatrix(!0,!1);let t=this.matrixWorld.elements;return e.set(t[8],t[9],t[10]).normalize()}raycast(){}intersectsFrustum(){return!0}traverse(e){e(this);let t=this.children;for(let n=0,s=t.length;n<s;n++)t[n].traverse(e)}traverseVisible(e){if(this.visible===!1)return;e(this);let t=this.children;for(let n=0,s=t.length;n<s;n++)t[n].traverseVisible(e)}traverseAncestors(e){let t=this.parent;t!==null&&(e(t),t.traverseAncestors(e))}updateMatrix(){this.matrix.compose(this.position,this.quaternion,this.scale);let e=this.pivot;if(e!==null){let t=e.x,n=e.y,s=e.z,r=this.matrix.elements;r[12]+=t-r[0]*t-r[4]*n-r[8]*s,r[13]+=n-r[1]*t-r[5]*n-r[9]*s,r[14]+=s-r[2]*t-r[6]*n-r[10]*s}this.matrixWorldNeedsUpdate=!0}updateMatrixWorld(e){this.matrixAutoUpdate&&this.updateMatrix(),(this.matrixWorldNeedsUpdate||e)&&(this.matrixWorldAutoUpdate===!0&&(this.parent===null?this.matrixWorld.copy(this.matrix):this.matrixWorld.multiplyMatrices(this.parent.matrixWorld,this.matrix)),this.matrixWorldNeedsUpdate=!1,e=!0);let t=this.children;for(let n=0,s=t.length;n<s;n++)t[n].updateMatrixWorld(e)}updateWorldMatrix(e,t,n=!1){let s=this.parent;if(e===!0&&s!==null&&s.updateWorldMatrix(!0,!1),this.matrixAutoUpdate&&this.updateMatrix(),(this.matrixWorldNeedsUpdate||n)&&(this.matrixWorldAutoUpdate===!0&&(this.parent===null?this.matrixWorld.copy(this.matrix):this.matrixWorld.multiplyMatrices(this.parent.matrixWorld,this.matrix)),this.matrixWorldNeedsUpdate=!1,n=!0),t===!0){let r=this.children;for(let o=0,a=r.length;o<a;o++)r[o].updateWorldMatrix(!1,!0,n)}}toJSON(e){let t=e===void 0||typeof e=="string",n={};t&&(e={geometries:{},materials:{},textures:{},images:{},shapes:{},skeletons:{},animations:{},nodes:{}},n.metadata={version:4.7,type:"Object",generator:"Object3D.toJSON"});let s={};s.uuid=this.uuid,s.type=this.type,s.name=this.name,s.castShadow=this.castShadow,s.receiveShadow=this.receiveShadow,s.visible=this.visible,s.frustumCulled=this.frustumCulled,s.renderOrder=this.renderOrder,s.static=this.static,s.matrixAutoUpdate=this.matrixAutoUpdate,Object.keys(this.userData).length>0&&(s.userData=this.userData),s.layers=this.layers.mask,s.matrix=this.matrix.toArray(),s.up=this.up.toArray(),this.pivot!==null&&(s.pivot=this.pivot.toArray()),this.morphTargetDictionary!==void 0&&(s.morphTargetDictionary=Object.assign({},this.morphTargetDictionary)),this.morphTargetInfluences!==void 0&&(s.morphTargetInfluences=this.morphTargetInfluences.slice()),this.isInstancedMesh&&(s.type="InstancedMesh",s.count=this.count,s.instanceMatrix=this.instanceMatrix.toJSON(),this.instanceColor!==null&&(s.instanceColor=this.instanceColor.toJSON())),this.isBatchedMesh&&(s.type="BatchedMesh",s.perObjectFrustumCulled=this.perObjectFrustumCulled,s.sortObjects=this.sortObjects,s.drawRanges=this._drawRanges,s.reservedRanges=this._reservedRanges,s.geometryInfo=this._geometryInfo.map(a=>({...a,boundingBox:a.boundingBox?a.boundingBox.toJSON():void 0,boundingSphere:a.boundingSphere?a.boundingSphere.toJSON():void 0})),s.instanceInfo=this._instanceInfo.map(a=>({...a})),s.availableInstanceIds=this._availableInstanceIds.slice(),s.availableGeometryIds=this._availableGeometryIds.slice(),s.nextIndexStart=this._nextIndexStart,s.nextVertexStart=this._nextVertexStart,s.geometryCount=this._geometryCount,s.maxInstanceCount=this._maxInstanceCount,s.maxVertexCount=this._maxVertexCount,s.maxIndexCount=this._maxIndexCount,s.geometryInitialized=this._geometryInitialized,s.matricesTexture=this._matricesTexture.toJSON(e),s.indirectTexture=this._indirectTexture.toJSON(e),this._colorsTexture!==null&&(s.colorsTexture=this._colorsTexture.toJSON(e)),this.boundingSphere!==null&&(s.boundingSphere=this.boundingSphere.toJSON()),this.boundingBox!==null&&(s.boundingBox=this.boundingBox.toJSON()));function r(a,l){return a[l.uuid]===void 0&&(a[l.uuid]=l.toJSON(e)),l.uuid}if(this.isScene)this.background&&(this.background.isColor?s.background=this.background.toJSON():this.background.isTexture&&(s.background=this.background.toJSON(e).uuid)),this.environment&&this.environment.isTexture&&this.environment.isRenderTargetTexture!==!0&&(s.environment=this.environment.toJSON(e).uuid);else if(this.isMesh||this.isLine||this.isPoints){s.geometry=r(e.geometries,this.geometry);let a=this.geometry.parameters;if(a!==void 0&&a.shapes!==void 0){let l=a.shapes;if(Array.isArray(l))for(let c=0,h=l.length;c<h;c++){let p=l[c];r(e.shapes,p)}else r(e.shapes,l)}}if(this.isSkinnedMesh&&(s.bindMode=this.bindMode,s.bindMatrix=this.bindMatrix.toArray(),this.skeleton!==void 0&&(r(e.skeletons,this.skeleton),s.skeleton=this.skeleton.uuid)),this.material!==void 0)if(Array.isArray(this.material)){let a=[];for(let l=0,c=this.material.length;l<c;l++)a.push(r(e.materials,this.material[l]));s.material=a}else s.material=r(e.materials,this.material);if(this.children.length>0){s.children=[];for(let a=0;a<this.children.length;a++)s.children.push(this.children[a].toJSON(e).object)}if(this.animations.length>0){s.animations=[];for(let a=0;a<this.animations.length;a++){let l=this.animations[a];s.animations.push(r(e.animations,l))}}if(t){let a=o(e.geometries),l=o(e.materials),c=o(e.textures),h=o(e.images),p=o(e.shapes),u=o(e.skeletons),f=o(e.animations),x=o(e.nodes);a.length>0&&(n.geometries=a),l.length>0&&(n.materials=l),c.length>0&&(n.textures=c),h.length>0&&(n.images=h),p.length>0&&(n.shapes=p),u.length>0&&(n.skeletons=u),f.length>0&&(n.animations=f),x.length>0&&(n.nodes=x)}return n.object=s,n;function o(a){let l=[];for(let c in a){let h=a[c];delete h.metadata,l.push(h)}return l}}clone(e){return new this.constructor().copy(this,e)}copy(e,t=!0){if(this.name=e.name,this.up.copy(e.up),this.position.copy(e.position),this.rotation.order=e.rotation.order,this.quaternion.copy(e.quaternion),this.scale.copy(e.scale),this.pivot=e.pivot!==null?e.pivot.clone():null,this.matrix.copy(e.matrix),this.matrixWorld.copy(e.matrixWorld),this.matrixAutoUpdate=e.matrixAutoUpdate,this.matrixWorldAutoUpdate=e.matrixWorldAutoUpdate,this.matrixWorldNeedsUpdate=e.matrixWorldNeedsUpdate,this.layers.mask=e.layers.mask,this.visible=e.visible,this.castShadow=e.castShadow,this.receiveShadow=e.receiveShadow,this.frustumCulled=e.frustumCulled,this.renderOrder=e.renderOrder,this.static=e.static,this.animations=e.animations.slice(),this.userData=JSON.parse(JSON.stringify(e.userData)),t===!0)for(let n=0;n<e.children.length;n++){let s=e.children[n];this.add(s.clone())}return this}dispose(){this.dispatchEvent({type:"dispose"})}};Ut.DEFAULT_UP=new U(0,1,0);Ut.DEFAULT_MATRIX_AUTO_UPDATE=!0;Ut.DEFAULT_MATRIX_WORLD_AUTO_UPDATE=!0;var Nn=class extends Ut{constructor(){super(),this.isGroup=!0,this.type="Group"}},Sf={type:"move"},Xi=class{constructor(){this._targetRay=null,this._grip=null,this._hand=null}getHandSpace(){return this._hand===null&&(this._hand=new Nn,this._hand.matrixAutoUpdate=!1,this._hand.visible=!1,this._hand.joints={},this._hand.inputState={pinching:!1}),this._hand}getTargetRaySpace(){return this._targetRay===null&&(this._targetRay=new Nn,this._targetRay.matrixAutoUpdate=!1,this._targetRay.visible=!1,this._targetRay.hasLinearVelocity=!1,this._targetRay.linearVelocity=new U,this._targetRay.hasAngularVelocity=!1,this._targetRay.angularVelocity=new U),this._targetRay}getGripSpace(){return this._grip===null&&(this._grip=new Nn,this._grip.matrixAutoUpdate=!1,this._grip.visible=!1,this._grip.hasLinearVelocity=!1,this._grip.linearVelocity=new U,this._grip.hasAngularVelocity=!1,this._grip.angularVelocity=new U,this._grip.eventsEnabled=!1),this._grip}dispatchEvent(e){return this._targetRay!==null&&this._targetRay.dispatchEvent(e),this._grip!==null&&this._grip.dispatchEvent(e),this._hand!==null&&this._hand.dispatchEvent(e),this}connect(e){if(e&&e.hand){let t=this._hand;if(t)for(let n of e.hand.values())this._getHandJoint(t,n)}return this.dispatchEvent({type:"connected",data:e}),this}disconnect(e){return this.dispatchEvent({type:"disconnected",data:e}),this._targetRay!==null&&(this._targetRay.visible=!1),this._grip!==null&&(this._grip.visible=!1),this._hand!==null&&(this._hand.visible=!1),this}update(e,t,n){let s=null,r=null,o=null,a=this._targetRay,l=this._grip,c=this._hand;if(e&&t.session.visibilityState!=="visible-blurred"){if(c&&e.hand){o=!0;for(let S of e.hand.values()){let m=t.getJointPose(S,n),d=this._getHandJoint(c,S);m!==null&&(d.matrix.fromArray(m.transform.matrix),d.matrix.decompose(d.position,d.quaternion,d.scale),d.matrixWorldNeedsUpdate=!0,d.jointRadius=m.radius),d.visible=m!==null}let h=c.joints["index-finger-tip"],p=c.joints["thumb-tip"],u=h.position.distanceTo(p.position),f=.02,x=.005;c.inputState.pinching&&u>f+x?(c.inputState.pinching=!1,this.dispatchEvent({type:"pinchend",handedness:e.handedness,target:this})):!c.inputState.pinching&&u<=f-x&&(c.inputState.pinching=!0,this.dispatchEvent({type:"pinchstart",handedness:e.handedness,target:this}))}else l!==null&&e.gripSpace&&(r=t.getPose(e.gripSpace,n),r!==null&&(l.matrix.fromArray(r.transform.matrix),l.matrix.decompose(l.position,l.quaternion,l.scale),l.matrixWorldNeedsUpdate=!0,r.linearVelocity?(l.hasLinearVelocity=!0,l.linearVelocity.copy(r.linearVelocity)):l.hasLinearVelocity=!1,r.angularVelocity?(l.hasAngularVelocity=!0,l.angularVelocity.copy(r.angularVelocity)):l.hasAngularVelocity=!1,l.eventsEnabled&&l.dispatchEvent({type:"gripUpdated",data:e,target:this})));a!==null&&(s=t.getPose(e.targetRaySpace,n),s===null&&r!==null&&(s=r),s!==null&&(a.matrix.fromArray(s.transform.matrix),a.matrix.decompose(a.position,a.quaternion,a.scale),a.matrixWorldNeedsUpdate=!0,s.linearVelocity?(a.hasLinearVelocity=!0,a.linearVelocity.copy(s.linearVelocity)):a.hasLinearVelocity=!1,s.angularVelocity?(a.hasAngularVelocity=!0,a.angularVelocity.copy(s.angularVelocity)):a.hasAngularVelocity=!1,this.dispatchEvent(Sf)))}return a!==null&&(a.visible=s!==null),l!==null&&(l.visible=r!==null),c!==null&&(c.visible=o!==null),this}_getHandJoint(e,t){if(e.joints[t.jointName]===void 0){let n=new Nn;n.matrixAutoUpdate=!1,n.visible=!1,e.joints[t.jointName]=n,e.add(n)}return e.joints[t.jointName]}},hu={aliceblue:15792383,antiquewhite:16444375,aqua:65535,aquamarine:8388564,azure:15794175,beige:16119260,bisque:16770244,black:0,blanchedalmond:16772045,blue:255,blueviolet:9055202,brown:10824234,burlywood:14596231,cadetblue:6266528,chartreuse:8388352,chocolate:13789470,coral:16744272,cornflowerblue:6591981,cornsilk:16775388,crimson:14423100,cyan:65535,darkblue:139,darkcyan:35723,darkgoldenrod:12092939,darkgray:11119017,darkgreen:25600,darkgrey:11119017,darkkhaki:12433259,darkmagenta:9109643,darkolivegreen:5597999,darkorange:16747520,darkorchid:10040012,darkred:9109504,darksalmon:15308410,darkseagreen:9419919,darkslateblue:4734347,darkslategray:3100495,darkslategrey:3100495,darkturquoise:52945,darkviolet:9699539,deeppink:16716947,deepskyblue:49151,dimgray:6908265,dimgrey:6908265,dodgerblue:2003199,firebrick:11674146,floralwhite:16775920,forestgreen:2263842,fuchsia:16711935,gainsboro:14474460,ghostwhite:16316671,gold:16766720,goldenrod:14329120,gray:8421504,green:32768,greenyellow:11403055,grey:8421504,honeydew:15794160,hotpink:16738740,indianred:13458524,indigo:4915330,ivory:16777200,khaki:15787660,lavender:15132410,lavenderblush:16773365,lawngreen:8190976,lemonchiffon:16775885,lightblue:11393254,lightcoral:15761536,lightcyan:14745599,lightgoldenrodyellow:16448210,lightgray:13882323,lightgreen:9498256,lightgrey:13882323,lightpink:16758465,lightsalmon:16752762,lightseagreen:2142890,lightskyblue:8900346,lightslategray:7833753,lightslategrey:7833753,lightsteelblue:11584734,lightyellow:16777184,lime:65280,limegreen:3329330,linen:16445670,magenta:16711935,maroon:8388608,mediumaquamarine:6737322,mediumblue:205,mediumorchid:12211667,mediumpurple:9662683,mediumseagreen:3978097,mediumslateblue:8087790,mediumspringgreen:64154,mediumturquoise:4772300,mediumvioletred:13047173,midnightblue:1644912,mintcream:16121850,mistyrose:16770273,moccasin:16770229,navajowhite:16768685,navy:128,oldlace:16643558,olive:8421376,olivedrab:7048739,orange:16753920,orangered:16729344,orchid:14315734,palegoldenrod:15657130,palegreen:10025880,paleturquoise:11529966,palevioletred:14381203,papayawhip:16773077,peachpuff:16767673,peru:13468991,pink:16761035,plum:14524637,powderblue:11591910,purple:8388736,rebeccapurple:6697881,red:16711680,rosybrown:12357519,royalblue:4286945,saddlebrown:9127187,salmon:16416882,sandybrown:16032864,seagreen:3050327,seashell:16774638,sienna:10506797,silver:12632256,skyblue:8900331,slateblue:6970061,slategray:7372944,slategrey:7372944,snow:16775930,springgreen:65407,steelblue:4620980,tan:13808780,teal:32896,thistle:14204888,tomato:16737095,turquoise:4251856,violet:15631086,wheat:16113331,white:16777215,whitesmoke:16119285,yellow:16776960,yellowgreen:10145074},qn={h:0,s:0,l:0},Sr={h:0,s:0,l:0};function el(i,e,t){return t<0&&(t+=1),t>1&&(t-=1),t<1/6?i+(e-i)*6*t:t<1/2?e:t<2/3?i+(e-i)*6*(2/3-t):i}var Fe=class{constructor(e,t,n){return this.isColor=!0,this.r=1,this.g=1,this.b=1,this.set(e,t,n)}set(e,t,n){if(t===void 0&&n===void 0){let s=e;s&&s.isColor?this.copy(s):typeof s=="number"?this.setHex(s):typeof s=="string"&&this.setStyle(s)}else this.setRGB(e,t,n);return this}setScalar(e){return this.r=e,this.g=e,this.b=e,this}setHex(e,t=Yt){return e=Math.floor(e),this.r=(e>>16&255)/255,this.g=(e>>8&255)/255,this.b=(e&255)/255,We.colorSpaceToWorking(this,t),this}setRGB(e,t,n,s=We.workingColorSpace){return this.r=e,this.g=t,this.b=n,We.colorSpaceToWorking(this,s),this}setHSL(e,t,n,s=We.workingColorSpace){if(e=Zl(e,1),t=ze(t,0,1),n=ze(n,0,1),t===0)this.r=this.g=this.b=n;else{let r=n<=.5?n*(1+t):n+t-n*t,o=2*n-r;this.r=el(o,r,e+1/3),this.g=el(o,r,e),this.b=el(o,r,e-1/3)}return We.colorSpaceToWorking(this,s),this}setStyle(e,t=Yt){function n(r){r!==void 0&&parseFloat(r)<1&&Re("Color: Alpha component of "+e+" will be ignored.")}let s;if(s=/^(\w+)\(([^\)]*)\)/.exec(e)){let r,o=s[1],a=s[2];switch(o){case"rgb":case"rgba":if(r=/^\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*(\d+(?:\.\d+)?|\.\d+)\s*)?$/.exec(a))return n(r[4]),this.setRGB(Math.min(255,parseInt(r[1],10))/255,Math.min(255,parseInt(r[2],10))/255,Math.min(255,parseInt(r[3],10))/255,t);if(r=/^\s*(\d+(?:\.\d+)?|\.\d+)\%\s*,\s*(\d+(?:\.\d+)?|\.\d+)\%\s*,\s*(\d+(?:\.\d+)?|\.\d+)\%\s*(?:,\s*(\d+(?:\.\d+)?|\.\d+)\s*)?$/.exec(a))return n(r[4]),this.setRGB(Math.min(100,parseFloat(r[1]))/100,Math.min(100,parseFloat(r[2]))/100,Math.min(100,parseFloat(r[3]))/100,t);break;case"hsl":case"hsla":if(r=/^\s*([+-]?(?:\d+(?:\.\d+)?|\.\d+))\s*,\s*(\d+(?:\.\d+)?|\.\d+)\%\s*,\s*(\d+(?:\.\d+)?|\.\d+)\%\s*(?:,\s*(\d+(?:\.\d+)?|\.\d+)\s*)?$/.exec(a))return n(r[4]),this.setHSL(parseFloat(r[1])/360,parseFloat(r[2])/100,parseFloat(r[3])/100,t);break;default:Re("Color: Unknown color model "+e)}}else if(s=/^\#([A-Fa-f\d]+)$/.exec(e)){let r=s[1],o=r.length;if(o===3)return this.setRGB(parseInt(r.charAt(0),16)/15,parseInt(r.charAt(1),16)/15,parseInt(r.charAt(2),16)/15,t);if(o===6)return this.setHex(parseInt(r,16),t);Re("Color: Invalid hex color "+e)}else if(e&&e.length>0)return this.setColorName(e,t);return this}setColorName(e,t=Yt){let n=hu[e.toLowerCase()];return n!==void 0?this.setHex(n,t):Re("Color: Unknown color "+e),this}clone(){return new this.constructor(this.r,this.g,this.b)}copy(e){return this.r=e.r,this.g=e.g,this.b=e.b,this}copySRGBToLinear(e){return this.r=Fn(e.r),this.g=Fn(e.g),this.b=Fn(e.b),this}copyLinearToSRGB(e){return this.r=Bi(e.r),this.g=Bi(e.g),this.b=Bi(e.b),this}convertSRGBToLinear(){return this.copySRGBToLinear(this),this}convertLinearToSRGB(){return this.copyLinearToSRGB(this),this}getHex(e=Yt){return We.workingToColorSpace(It.copy(this),e),Math.round(ze(It.r*255,0,255))*65536+Math.round(ze(It.g*255,0,255))*256+Math.round(ze(It.b*255,0,255))}getHexString(e=Yt){return("000000"+this.getHex(e).toString(16)).slice(-6)}getHSL(e,t=We.workingColorSpace){We.workingToColorSpace(It.copy(this),t);let n=It.r,s=It.g,r=It.b,o=Math.max(n,s,r),a=Math.min(n,s,r),l,c,h=(a+o)/2;if(a===o)l=0,c=0;else{let p=o-a;switch(c=h<=.5?p/(o+a):p/(2-o-a),o){case n:l=(s-r)/p+(s<r?6:0);break;case s:l=(r-n)/p+2;break;case r:l=(n-s)/p+4;break}l/=6}return e.h=l,e.s=c,e.l=h,e}getRGB(e,t=We.workingColorSpace){return We.workingToColorSpace(It.copy(this),t),e.r=It.r,e.g=It.g,e.b=It.b,e}getStyle(e=Yt){We.workingToColorSpace(It.copy(this),e);let t=It.r,n=It.g,s=It.b;return e!==Yt?`color(${e} ${t.toFixed(3)} ${n.toFixed(3)} ${s.toFixed(3)})`:`rgb(${Math.round(t*255)},${Math.round(n*255)},${Math.round(s*255)})`}offsetHSL(e,t,n){return this.getHSL(qn),this.setHSL(qn.h+e,qn.s+t,qn.l+n)}add(e){return this.r+=e.r,this.g+=e.g,this.b+=e.b,this}addColors(e,t){return this.r=e.r+t.r,this.g=e.g+t.g,this.b=e.b+t.b,this}addScalar(e){return this.r+=e,this.g+=e,this.b+=e,this}sub(e){return this.r=Math.max(0,this.r-e.r),this.g=Math.max(0,this.g-e.g),this.b=Math.max(0,this.b-e.b),this}multiply(e){return this.r*=e.r,this.g*=e.g,this.b*=e.b,this}multiplyScalar(e){return this.r*=e,this.g*=e,this.b*=e,this}lerp(e,t){return this.r+=(e.r-this.r)*t,this.g+=(e.g-this.g)*t,this.b+=(e.b-this.b)*t,this}lerpColors(e,t,n){return this.r=e.r+(t.r-e.r)*n,this.g=e.g+(t.g-e.g)*n,this.b=e.b+(t.b-e.b)*n,this}lerpHSL(e,t){this.getHSL(qn),e.getHSL(Sr);let n=_s(qn.h,Sr.h,t),s=_s(qn.s,Sr.s,t),r=_s(qn.l,Sr.l,t);return this.setHSL(n,s,r),this}setFromVector3(e){return this.r=e.x,this.g=e.y,this.b=e.z,this}applyMatrix3(e){let t=this.r,n=this.g,s=this.b,r=e.elements;return this.r=r[0]*t+r[3]*n+r[6]*s,this.g=r[1]*t+r[4]*n+r[7]*s,this.b=r[2]*t+r[5]*n+r[8]*s,this}equals(e){return e.r===this.r&&e.g===this.g&&e.b===this.b}fromArray(e,t=0){return this.r=e[t],this.g=e[t+1],this.b=e[t+2],this}toArray(e=[],t=0){return e[t]=this.r,e[t+1]=this.g,e[t+2]=this.b,e}fromBufferAttribute(e,t){return this.r=e.getX(t),this.g=e.getY(t),this.b=e.getZ(t),this}toJSON(){return this.getHex()}*[Symbol.iterator](){yield this.r,yield this.g,yield this.b}},It=new Fe;Fe.NAMES=hu;var Es=class extends Ut{constructor(){super(),this.isScene=!0,this.type="Scene",this.background=null,this.environment=null,this.fog=null,this.backgroundBlurriness=0,this.backgroundIntensity=1,this.backgroundRotation=new vn,this.environmentIntensity=1,this.environmentRotation=new vn,this.overrideMaterial=null,typeof __THREE_DEVTOOLS__<"u"&&__THREE_DEVTOOLS__.dispatchEvent(new CustomEvent("observe",{detail:this}))}copy(e,t){return super.copy(e,t),this.background=e.background!==null?e.background.clone():null,this.environment=e.environment!==null?e.environment.clone():null,this.fog=e.fog!==null?e.fog.clone():null,this.backgroundBlurriness=e.backgroundBlurriness,this.backgroundIntensity=e.backgroundIntensity,this.backgroundRotation.copy(e.backgroundRotation),this.environmentIntensity=e.environmentIntensity,this.environmentRotation.copy(e.environmentRotation),this.overrideMaterial=e.overrideMaterial!==null?e.overrideMaterial.clone():null,this.matrixAutoUpdate=e.matrixAutoUpdate,this}toJSON(e){let t=super.toJSON(e);return this.fog!==null&&(t.object.fog=this.fog.toJSON()),t.object.backgroundBlurriness=this.backgroundBlurriness,t.object.backgroundIntensity=this.backgroundIntensity,t.object.backgroundRotation=this.backgroundRotation.toArray(),t.object.environmentIntensity=this.environmentIntensity,t.object.environmentRotation=this.environmentRotation.toArray(),t}},cn=new U,In=new U,tl=new U,Ln=new U,Ri=new U,Ci=new U,ch=new U,nl=new U,il=new U,sl=new U,rl=new ot,ol=new ot,al=new ot,Jn=class i{constructor(e=new U,t=new U,n=new U){this.a=e,this.b=t,this.c=n}static getNormal(e,t,n,s){s.subVectors(n,t),cn.subVectors(e,t),s.cross(cn);let r=s.lengthSq();return r>0?s.multiplyScalar(1/Math.sqrt(r)):s.set(0,0,0)}static getBarycoord(e,t,n,s,r){cn.subVectors(s,t),In.subVectors(n,t),tl.subVectors(e,t);let o=cn.dot(cn),a=cn.dot(In),l=cn.dot(tl),c=In.dot(In),h=In.dot(tl),p=o*c-a*a;if(p===0)return r.set(0,0,0),null;let u=1/p,f=(c*l-a*h)*u,x=(o*h-a*l)*u;return r.set(1-f-x,x,f)}static containsPoint(e,t,n,s){return this.getBarycoord(e,t,n,s,Ln)===null?!1:Ln.x>=0&&Ln.y>=0&&Ln.x+Ln.y<=1}static getInterpolation(e,t,n,s,r,o,a,l){return this.getBarycoord(e,t,n,s,Ln)===null?(l.x=0,l.y=0,"z"in l&&(l.z=0),"w"in l&&(l.w=0),null):(l.setScalar(0),l.addScaledVector(r,Ln.x),l.addScaledVector(o,Ln.y),l.addScaledVector(a,Ln.z),l)}static getInterpolatedAttribute(e,t,n,s,r,o){return rl.setScalar(0),ol.setScalar(0),al.setScalar(0),rl.fromBufferAttribute(e,t),ol.fromBufferAttribute(e,n),al.fromBufferAttribute(e,s),o.setScalar(0),o.addScaledVector(rl,r.x),o.addScaledVector(ol,r.y),o.addScaledVector(al,r.z),o}static isFrontFacing(e,t,n,s){return cn.subVectors(n,t),In.subVectors(e,t),cn.cross(In).dot(s)<0}set(e,t,n){return this.a.copy(e),this.b.copy(t),this.c.copy(n),this}setFromPointsAndIndices(e,t,n,s){return this.a.copy(e[t]),this.b.copy(e[n]),this.c.copy(e[s]),this}setFromAttributeAndIndices(e,t,n,s){return this.a.fromBufferAttribute(e,t),this.b.fromBufferAttribute(e,n),this.c.fromBufferAttribute(e,s),this}clone(){return new this.constructor().copy(this)}copy(e){return this.a.copy(e.a),this.b.copy(e.b),this.c.copy(e.c),this}getArea(){return cn.subVectors(this.c,this.b),In.subVectors(this.a,this.b),cn.cross(In).length()*.5}getMidpoint(e){return e.addVectors(this.a,this.b).add(this.c).multiplyScalar(1/3)}getNormal(e){return i.getNormal(this.a,this.b,this.c,e)}getPlane(e){return e.setFromCoplanarPoints(this.a,this.b,this.c)}getBarycoord(e,t){return i.getBarycoord(e,this.a,this.b,this.c,t)}getInterpolation(e,t,n,s,r){return i.getInterpolation(e,this.a,this.b,this.c,t,n,s,r)}containsPoint(e){return i.containsPoint(e,this.a,this.b,this.c)}isFrontFacing(e){return i.isFrontFacing(this.a,this.b,this.c,e)}intersectsBox(e){return e.intersectsTriangle(this)}closestPointToPoint(e,t){let n=this.a,s=this.b,r=this.c,o,a;Ri.subVectors(s,n),Ci.subVectors(r,n),nl.subVectors(e,n);let l=Ri.dot(nl),c=Ci.dot(nl);if(l<=0&&c<=0)return t.copy(n);il.subVectors(e,s);let h=Ri.dot(il),p=Ci.dot(il);if(h>=0&&p<=h)return t.copy(s);let u=l*p-h*c;if(u<=0&&l>=0&&h<=0&&l-h>0)return o=l/(l-h),t.copy(n).addScaledVector(Ri,o);sl.subVectors(e,r);let f=Ri.dot(sl),x=Ci.dot(sl);if(x>=0&&f<=x)return t.copy(r);let S=f*c-l*x;if(S<=0&&c>=0&&x<=0)return a=c/(c-x),t.copy(n).addScaledVector(Ci,a);let m=h*x-f*p;if(m<=0&&p-h>=0&&f-x>=0)return ch.subVectors(r,s),a=(p-h)/(p-h+(f-x)),t.copy(s).addScaledVector(ch,a);let d=1/(m+S+u);return o=S*d,a=u*d,t.copy(n).addScaledVector(Ri,o).addScaledVector(Ci,a)}equals(e){return e.a.equals(this.a)&&e.b.equals(this.b)&&e.c.equals(this.c)}},_n=class{constructor(e=new U(1/0,1/0,1/0),t=new U(-1/0,-1/0,-1/0)){this.isBox3=!0,this.min=e,this.max=t}set(e,t){return this.min.copy(e),this.max.copy(t),this}setFromArray(e){this.makeEmpty();for(let t=0,n=e.length;t<n;t+=3)this.expandByPoint(hn.fromArray(e,t));return this}setFromBufferAttribute(e){this.makeEmpty();for(let t=0,n=e.count;t<n;t++)this.expandByPoint(hn.fromBufferAttribute(e,t));return this}setFromPoints(e){this.makeEmpty();for(let t=0,n=e.length;t<n;t++)this.expandByPoint(e[t]);return this}setFromCenterAndSize(e,t){let n=hn.copy(t).multiplyScalar(.5);return this.min.copy(e).sub(n),this.max.copy(e).add(n),this}setFromObject(e,t=!1){return this.makeEmpty(),this.expandByObject(e,t)}clone(){return new this.constructor().copy(this)}copy(e){return this.min.copy(e.min),this.max.copy(e.max),this}makeEmpty(){return this.min.x=this.min.y=this.min.z=1/0,this.max.x=this.max.y=this.max.z=-1/0,this}isEmpty(){return this.max.x<this.min.x||this.max.y<this.min.y||this.max.z<this.min.z}getCenter(e){return this.isEmpty()?e.set(0,0,0):e.addVectors(this.min,this.max).multiplyScalar(.5)}getSize(e){return this.isEmpty()?e.set(0,0,0):e.subVectors(this.max,this.min)}expandByPoint(e){return this.min.min(e),this.max.max(e),this}expandByVector(e){return this.min.sub(e),this.max.add(e),this}expandByScalar(e){return this.min.addScalar(-e),this.max.addScalar(e),this}expandByObject(e,t=!1){e.updateWorldMatrix(!1,!1);let n=e.geometry;if(n!==void 0){let r=n.getAttribute("position");if(t===!0&&r!==void 0&&e.isInstancedMesh!==!0&&e.isBatchedMesh!==!0)for(let o=0,a=r.count;o<a;o++)e.isMesh===!0?e.getVertexPosition(o,hn):hn.fromBufferAttribute(r,o),hn.applyMatrix4(e.matrixWorld),this.expandByPoint(hn);else e.boundingBox!==void 0?(e.boundingBox===null&&e.computeBoundingBox(),br.copy(e.boundingBox)):(n.boundingBox===null&&n.computeBoundingBox(),br.copy(n.boundingBox)),br.applyMatrix4(e.matrixWorld),this.union(br)}let s=e.children;for(let r=0,o=s.length;r<o;r++)this.expandByObject(s[r],t);return this}containsPoint(e){return e.x>=this.min.x&&e.x<=this.max.x&&e.y>=this.min.y&&e.y<=this.max.y&&e.z>=this.min.z&&e.z<=this.max.z}containsBox(e){return this.min.x<=e.min.x&&e.max.x<=this.max.x&&this.min.y<=e.min.y&&e.max.y<=this.max.y&&this.min.z<=e.min.z&&e.max.z<=this.max.z}getParameter(e,t){return t.set((e.x-this.min.x)/(this.max.x-this.min.x),(e.y-this.min.y)/(this.max.y-this.min.y),(e.z-this.min.z)/(this.max.z-this.min.z))}intersectsBox(e){return e.max.x>=this.min.x&&e.min.x<=this.max.x&&e.max.y>=this.min.y&&e.min.y<=this.max.y&&e.max.z>=this.min.z&&e.min.z<=this.max.z}intersectsSphere(e){return this.clampPoint(e.center,hn),hn.distanceToSquared(e.center)<=e.radius*e.radius}intersectsPlane(e){let t,n;return e.normal.x>0?(t=e.normal.x*this.min.x,n=e.normal.x*this.max.x):(t=e.normal.x*this.max.x,n=e.normal.x*this.min.x),e.normal.y>0?(t+=e.normal.y*this.min.y,n+=e.normal.y*this.max.y):(t+=e.normal.y*this.max.y,n+=e.normal.y*this.min.y),e.normal.z>0?(t+=e.normal.z*this.min.z,n+=e.normal.z*this.max.z):(t+=e.normal.z*this.max.z,n+=e.normal.z*this.min.z),t<=-e.constant&&n>=-e.constant}intersectsTriangle(e){if(this.isEmpty())return!1;this.getCenter(fs),Mr.subVectors(this.max,fs),Pi.subVectors(e.a,fs),Ii.subVectors(e.b,fs),Li.subVectors(e.c,fs),Yn.subVectors(Ii,Pi),Zn.subVectors(Li,Ii),hi.subVectors(Pi,Li);let t=[0,-Yn.z,Yn.y,0,-Zn.z,Zn.y,0,-hi.z,hi.y,Yn.z,0,-Yn.x,Zn.z,0,-Zn.x,hi.z,0,-hi.x,-Yn.y,Yn.x,0,-Zn.y,Zn.x,0,-hi.y,hi.x,0];return!ll(t,Pi,Ii,Li,Mr)||(t=[1,0,0,0,1,0,0,0,1],!ll(t,Pi,Ii,Li,Mr))?!1:(wr.crossVectors(Yn,Zn),t=[wr.x,wr.y,wr.z],ll(t,Pi,Ii,Li,Mr))}clampPoint(e,t){return t.copy(e).clamp(this.min,this.max)}distanceToPoint(e){return this.clampPoint(e,hn).distanceTo(e)}getBoundingSphere(e){return this.isEmpty()?e.makeEmpty():(this.getCenter(e.center),e.radius=this.getSize(hn).length()*.5),e}intersect(e){return this.min.max(e.min),this.max.min(e.max),this.isEmpty()&&this.makeEmpty(),this}union(e){return this.min.min(e.min),this.max.max(e.max),this}applyMatrix4(e){return this.isEmpty()?this:(Un[0].set(this.min.x,this.min.y,this.min.z).applyMatrix4(e),Un[1].set(this.min.x,this.min.y,this.max.z).applyMatrix4(e),Un[2].set(this.min.x,this.max.y,this.min.z).applyMatrix4(e),Un[3].set(this.min.x,this.max.y,this.max.z).applyMatrix4(e),Un[4].set(this.max.x,this.min.y,this.min.z).applyMatrix4(e),Un[5].set(this.max.x,this.min.y,this.max.z).applyMatrix4(e),Un[6].set(this.max.x,this.max.y,this.min.z).applyMatrix4(e),Un[7].set(this.max.x,this.max.y,this.max.z).applyMatrix4(e),this.setFromPoints(Un),this)}translate(e){return this.min.add(e),this.max.add(e),this}equals(e){return e.min.equals(this.min)&&e.max.equals(this.max)}toJSON(){return{min:this.min.toArray(),max:this.max.toArray()}}fromJSON(e){return this.min.fromArray(e.min),this.max.fromArray(e.max),this}},Un=[new U,new U,new U,new U,new U,new U,new U,new U],hn=new U,br=new _n,Pi=new U,Ii=new U,Li=new U,Yn=new U,Zn=new U,hi=new U,fs=new U,Mr=new U,wr=new U,ui=new U;function ll(i,e,t,n,s){for(let r=0,o=i.length-3;r<=o;r+=3){ui.fromArray(i,r);let a=s.x*Math.abs(ui.x)+s.y*Math.abs(ui.y)+s.z*Math.abs(ui.z),l=e.dot(ui),c=t.dot(ui),h=n.dot(ui);if(Math.max(-Math.max(l,c,h),Math.min(l,c,h))>a)return!1}return!0}var ut=new U,Tr=new Te,bf=0,Vt=class extends un{constructor(e,t,n=!1){if(super(),Array.isArray(e))throw new TypeError("THREE.BufferAttribute: array should be a Typed Array.");this.isBufferAttribute=!0,Object.defineProperty(this,"id",{value:bf++}),this.name="",this.array=e,this.itemSize=t,this.count=e!==void 0?e.length/t:0,this.normalized=n,this.usage=iu,this.updateRanges=[],this.gpuType=rn,this.version=0,this._normalizationScale=e!==void 0?Jl(e):void 0}onUploadCallback(){}set needsUpdate(e){e===!0&&this.version++}setUsage(e){return this.usage=e,this}addUpdateRange(e,t){this.updateRanges.push({start:e,count:t})}clearUpdateRanges(){this.updateRanges.length=0}copy(e){return this.name=e.name,this.array=new e.array.constructor(e.array),this.itemSize=e.itemSize,this.count=e.count,this.normalized=e.normalized,this.usage=e.usage,this.gpuType=e.gpuType,this._normalizationScale=e._normalizationScale,this}copyAt(e,t,n){e*=this.itemSize,n*=t.itemSize;for(let s=0,r=this.itemSize;s<r;s++)this.array[e+s]=t.array[n+s];return this}copyArray(e){return this.array.set(e),this}applyMatrix3(e){if(this.itemSize===2)for(let t=0,n=this.count;t<n;t++)Tr.fromBufferAttribute(this,t),Tr.applyMatrix3(e),this.setXY(t,Tr.x,Tr.y);else if(this.itemSize===3)for(let t=0,n=this.count;t<n;t++)ut.fromBufferAttribute(this,t),ut.applyMatrix3(e),this.setXYZ(t,ut.x,ut.y,ut.z);return this}applyMatrix4(e){for(let t=0,n=this.count;t<n;t++)ut.fromBufferAttribute(this,t),ut.applyMatrix4(e),this.setXYZ(t,ut.x,ut.y,ut.z);return this}applyNormalMatrix(e){for(let t=0,n=this.count;t<n;t++)ut.fromBufferAttribute(this,t),ut.applyNormalMatrix(e),this.setXYZ(t,ut.x,ut.y,ut.z);return this}transformDirection(e){for(let t=0,n=this.count;t<n;t++)ut.fromBufferAttribute(this,t),ut.transformDirection(e),this.setXYZ(t,ut.x,ut.y,ut.z);return this}set(e,t=0){return this.array.set(e,t),this}getComponent(e,t){let n=this.array[e*this.itemSize+t];return this.normalized&&(n=this._denormalize(n)),n}setComponent(e,t,n){return this.normalized&&(n=this._normalize(n)),this.array[e*this.itemSize+t]=n,this}getX(e){let t=this.array[e*this.itemSize];return this.normalized&&(t=this._denormalize(t)),t}setX(e,t){return this.normalized&&(t=this._normalize(t)),this.array[e*this.itemSize]=t,this}getY(e){let t=this.array[e*this.itemSize+1];return this.normalized&&(t=this._denormalize(t)),t}setY(e,t){return this.normalized&&(t=this._normalize(t)),this.array[e*this.itemSize+1]=t,this}getZ(e){let t=this.array[e*this.itemSize+2];return this.normalized&&(t=this._denormalize(t)),t}setZ(e,t){return this.normalized&&(t=this._normalize(t)),this.array[e*this.itemSize+2]=t,this}getW(e){let t=this.array[e*this.itemSize+3];return this.normalized&&(t=this._denormalize(t)),t}setW(e,t){return this.normalized&&(t=this._normalize(t)),this.array[e*this.itemSize+3]=t,this}setXY(e,t,n){return e*=this.itemSize,this.normalized&&(t=this._normalize(t),n=this._normalize(n)),this.array[e+0]=t,this.array[e+1]=n,this}setXYZ(e,t,n,s){return e*=this.itemSize,this.normalized&&(t=this._normalize(t),n=this._normalize(n),s=this._normalize(s)),this.array[e+0]=t,this.array[e+1]=n,this.array[e+2]=s,this}setXYZW(e,t,n,s,r){return e*=this.itemSize,this.normalized&&(t=this._normalize(t),n=this._normalize(n),s=this._normalize(s),r=this._normalize(r)),this.array[e+0]=t,this.array[e+1]=n,this.array[e+2]=s,this.array[e+3]=r,this}onUpload(e){return this.onUploadCallback=e,this}clone(){return new this.constructor(this.array,this.itemSize).copy(this)}toJSON(){let e={itemSize:this.itemSize,type:this.array.constructor.name,array:Array.from(this.array),normalized:this.normalized};return e.name=this.name,e.usage=this.usage,e.gpuType=this.gpuType,e}dispose(){this.dispatchEvent({type:"dispose"})}_denormalize(e){let t=this._normalizationScale;return t!==void 0?Math.max(e/t,-1):lu(e,this.array)}_normalize(e){let t=this._normalizationScale;return t!==void 0?Math.round(e*t):cu(e,this.array)}};var As=class extends Vt{constructor(e,t,n){super(new Uint16Array(e),t,n)}};var Rs=class extends Vt{constructor(e,t,n){super(new Uint32Array(e),t,n)}};var rt=class extends Vt{constructor(e,t,n){super(new Float32Array(e),t,n)}},Mf=new _n,ps=new U,cl=new U,Sn=class{constructor(e=new U,t=-1){this.isSphere=!0,this.center=e,this.radius=t}set(e,t){return this.center.copy(e),this.radius=t,this}setFromPoints(e,t){let n=this.center;t!==void 0?n.copy(t):Mf.setFromPoints(e).getCenter(n);let s=0;for(let r=0,o=e.length;r<o;r++)s=Math.max(s,n.distanceToSquared(e[r]));return this.radius=Math.sqrt(s),this}copy(e){return this.center.copy(e.center),this.radius=e.radius,this}isEmpty(){return this.radius<0}makeEmpty(){return this.center.set(0,0,0),this.radius=-1,this}containsPoint(e){return e.distanceToSquared(this.center)<=this.radius*this.radius}distanceToPoint(e){return e.distanceTo(this.center)-this.radius}intersectsSphere(e){let t=this.radius+e.radius;return e.center.distanceToSquared(this.center)<=t*t}intersectsBox(e){return e.intersectsSphere(this)}intersectsPlane(e){return Math.abs(e.distanceToPoint(this.center))<=this.radius}clampPoint(e,t){let n=this.center.distanceToSquared(e);return t.copy(e),n>this.radius*this.radius&&(t.sub(this.center).normalize(),t.multiplyScalar(this.radius).add(this.center)),t}getBoundingBox(e){return this.isEmpty()?(e.makeEmpty(),e):(e.set(this.center,this.center),e.expandByScalar(this.radius),e)}applyMatrix4(e){return this.center.applyMatrix4(e),this.radius=this.radius*e.getMaxScaleOnAxis(),this}translate(e){return this.center.add(e),this}expandByPoint(e){if(this.isEmpty())return this.center.copy(e),this.radius=0,this;ps.subVectors(e,this.center);let t=ps.lengthSq();if(t>this.radius*this.radius){let n=Math.sqrt(t),s=(n-this.radius)*.5;this.center.addScaledVector(ps,s/n),this.radius+=s}return this}union(e){return e.isEmpty()?this:this.isEmpty()?(this.copy(e),this):(this.center.equals(e.center)===!0?this.radius=Math.max(this.radius,e.radius):(cl.subVectors(e.center,this.center).setLength(e.radius),this.expandByPoint(ps.copy(e.center).add(cl)),this.expandByPoint(ps.copy(e.center).sub(cl))),this)}equals(e){return e.center.equals(this.center)&&e.radius===this.radius}clone(){return new this.constructor().copy(this)}toJSON(){return{radius:this.radius,center:this.center.toArray()}}fromJSON(e){return this.radius=e.radius,this.center.fromArray(e.center),this}},wf=0,tn=new Qe,hl=new Ut,Ui=new U,qt=new _n,ms=new _n,_t=new U,Bt=class i extends un{constructor(){super(),this.isBufferGeometry=!0,Object.defineProperty(this,"id",{value:wf++}),this.uuid=ns(),this.name="",this.type="BufferGeometry",this.index=null,this.indirect=null,this.indirectOffset=0,this.attributes={},this.morphAttributes={},this.morphTargetsRelative=!1,this.groups=[],this.boundingBox=null,this.boundingSphere=null,this.drawRange={start:0,count:1/0},this.userData={},this._transformed=!1}getIndex(){return this.index}setIndex(e){return Array.isArray(e)?this.index=new(Zd(e)?Rs:As)(e,1):this.index=e,this}setIndirect(e,t=0){return this.indirect=e,this.indirectOffset=t,this}getIndirect(){return this.indirect}getAttribute(e){return this.attributes[e]}setAttribute(e,t){return this.attributes[e]=t,this}deleteAttribute(e){return delete this.attributes[e],this}hasAttribute(e){return this.attributes[e]!==void 0}addGroup(e,t,n=0){this.groups.push({start:e,count:t,materialIndex:n})}clearGroups(){this.groups=[]}setDrawRange(e,t){this.drawRange.start=e,this.drawRange.count=t}applyMatrix4(e){let t=this.attributes.position;t!==void 0&&(t.applyMatrix4(e),t.needsUpdate=!0);let n=this.attributes.normal;if(n!==void 0){let r=new Ie().getNormalMatrix(e);n.applyNormalMatrix(r),n.needsUpdate=!0}let s=this.attributes.tangent;return s!==void 0&&(s.transformDirection(e),s.needsUpdate=!0),this.boundingBox!==null&&this.computeBoundingBox(),this.boundingSphere!==null&&this.computeBoundingSphere(),this._transformed=!0,this}applyQuaternion(e){return tn.makeRotationFromQuaternion(e),this.applyMatrix4(tn),this}rotateX(e){return tn.makeRotationX(e),this.applyMatrix4(tn),this}rotateY(e){return tn.makeRotationY(e),this.applyMatrix4(tn),this}rotateZ(e){return tn.makeRotationZ(e),this.applyMatrix4(tn),this}translate(e,t,n){return tn.makeTranslation(e,t,n),this.applyMatrix4(tn),this}scale(e,t,n){return tn.makeScale(e,t,n),this.applyMatrix4(tn),this}lookAt(e){return hl.lookAt(e),hl.updateMatrix(),this.applyMatrix4(hl.matrix),this}center(){return this.computeBoundingBox(),this.boundingBox.getCenter(Ui).negate(),this.translate(Ui.x,Ui.y,Ui.z),this}setFromPoints(e){let t=this.getAttribute("position");if(t===void 0){let n=[];for(let s=0,r=e.length;s<r;s++){let o=e[s];n.push(o.x,o.y,o.z||0)}this.setAttribute("position",new rt(n,3))}else{let n=Math.min(e.length,t.count);for(let s=0;s<n;s++){let r=e[s];t.setXYZ(s,r.x,r.y,r.z||0)}e.length>t.count&&Re("BufferGeometry: Buffer size too small for points data. Use .dispose() and create a new geometry."),t.needsUpdate=!0}return this}computeBoundingBox(){this.boundingBox===null&&(this.boundingBox=new _n);let e=this.attributes.position,t=this.morphAttributes.position;if(e&&e.isGLBufferAttribute){Pe("BufferGeometry.computeBoundingBox(): GLBufferAttribute requires a manual bounding box.",this),this.boundingBox.set(new U(-1/0,-1/0,-1/0),new U(1/0,1/0,1/0));return}if(e!==void 0){if(this.boundingBox.setFromBufferAttribute(e),t)for(let n=0,s=t.length;n<s;n++){let r=t[n];qt.setFromBufferAttribute(r),this.morphTargetsRelative?(_t.addVectors(this.boundingBox.min,qt.min),this.boundingBox.expandByPoint(_t),_t.addVectors(this.boundingBox.max,qt.max),this.boundingBox.expandByPoint(_t)):(this.boundingBox.expandByPoint(qt.min),this.boundingBox.expandByPoint(qt.max))}}else this.boundingBox.makeEmpty();(isNaN(this.boundingBox.min.x)||isNaN(this.boundingBox.min.y)||isNaN(this.boundingBox.min.z))&&Pe('BufferGeometry.computeBoundingBox(): Computed min/max have NaN values. The "position" attribute is likely to have NaN values.',this)}computeBoundingSphere(){this.boundingSphere===null&&(this.boundingSphere=new Sn);let e=this.attributes.position,t=this.morphAttributes.position;if(e&&e.isGLBufferAttribute){Pe("BufferGeometry.computeBoundingSphere(): GLBufferAttribute requires a manual bounding sphere.",this),this.boundingSphere.set(new U,1/0);return}if(e){let n=this.boundingSphere.center;if(qt.setFromBufferAttribute(e),t)for(let r=0,o=t.length;r<o;r++){let a=t[r];ms.setFromBufferAttribute(a),this.morphTargetsRelative?(_t.addVectors(qt.min,ms.min),qt.expandByPoint(_t),_t.addVectors(qt.max,ms.max),qt.expandByPoint(_t)):(qt.expandByPoint(ms.min),qt.expandByPoint(ms.max))}qt.getCenter(n);let s=0;for(let r=0,o=e.count;r<o;r++)_t.fromBufferAttribute(e,r),s=Math.max(s,n.distanceToSquared(_t));if(t)for(let r=0,o=t.length;r<o;r++){let a=t[r],l=this.morphTargetsRelative;for(let c=0,h=a.count;c<h;c++)_t.fromBufferAttribute(a,c),l&&(Ui.fromBufferAttribute(e,c),_t.add(Ui)),s=Math.max(s,n.distanceToSquared(_t))}this.boundingSphere.radius=Math.sqrt(s),isNaN(this.boundingSphere.radius)&&Pe('BufferGeometry.computeBoundingSphere(): Computed radius is NaN. The "position" attribute is likely to have NaN values.',this)}}computeTangents(){let e=this.index,t=this.attributes;if(e===null||t.position===void 0||t.normal===void 0||t.uv===void 0){Pe("BufferGeometry: .computeTangents() failed. Missing required attributes (index, position, normal or uv)");return}let n=t.position,s=t.normal,r=t.uv,o=this.getAttribute("tangent");(o===void 0||o.count!==n.count)&&(o=new Vt(new Float32Array(4*n.count),4),this.setAttribute("tangent",o));let a=[],l=[],c=new Uint8Array(n.count);for(let N=0;N<n.count;N++)a[N]=new U,l[N]=new U;let h=new U,p=new U,u=new U,f=new Te,x=new Te,S=new Te,m=new U,d=new U;function _(N,C,D){c[N]=c[C]=c[D]=1,h.fromBufferAttribute(n,N),p.fromBufferAttribute(n,C),u.fromBufferAttribute(n,D),f.fromBufferAttribute(r,N),x.fromBufferAttribute(r,C),S.fromBufferAttribute(r,D),p.sub(h),u.sub(h),x.sub(f),S.sub(f);let k=1/(x.x*S.y-S.x*x.y);isFinite(k)&&(m.copy(p).multiplyScalar(S.y).addScaledVector(u,-x.y).multiplyScalar(k),d.copy(u).multiplyScalar(x.x).addScaledVector(p,-S.x).multiplyScalar(k),a[N].add(m),a[C].add(m),a[D].add(m),l[N].add(d),l[C].add(d),l[D].add(d))}let E=this.groups;E.length===0&&(E=[{start:0,count:e.count}]);for(let N=0,C=E.length;N<C;++N){let D=E[N],k=D.start,q=D.count;for(let I=k,W=k+q;I<W;I+=3)_(e.getX(I+0),e.getX(I+1),e.getX(I+2))}let M=new U,A=new U,T=new U,g=new U;function b(N){T.fromBufferAttribute(s,N),g.copy(T);let C=a[N];M.copy(C),M.sub(T.multiplyScalar(T.dot(C))).normalize(),A.crossVectors(g,C);let k=A.dot(l[N])<0?-1:1;o.setXYZW(N,M.x,M.y,M.z,k)}for(let N=0,C=n.count;N<C;++N)c[N]&&b(N);this._transformed=!0}computeVertexNormals(){let e=this.index,t=this.getAttribute("position");if(t!==void 0){let n=this.getAttribute("normal");if(n===void 0||n.count!==t.count)n=new Vt(new Float32Array(t.count*3),3),this.setAttribute("normal",n);else for(let u=0,f=n.count;u<f;u++)n.setXYZ(u,0,0,0);let s=new U,r=new U,o=new U,a=new U,l=new U,c=new U,h=new U,p=new U;if(e)for(let u=0,f=e.count;u<f;u+=3){let x=e.getX(u+0),S=e.getX(u+1),m=e.getX(u+2);s.fromBufferAttribute(t,x),r.fromBufferAttribute(t,S),o.fromBufferAttribute(t,m),h.subVectors(o,r),p.subVectors(s,r),h.cross(p),a.fromBufferAttribute(n,x),l.fromBufferAttribute(n,S),c.fromBufferAttribute(n,m),a.add(h),l.add(h),c.add(h),n.setXYZ(x,a.x,a.y,a.z),n.setXYZ(S,l.x,l.y,l.z),n.setXYZ(m,c.x,c.y,c.z)}else for(let u=0,f=t.count;u<f;u+=3)s.fromBufferAttribute(t,u+0),r.fromBufferAttribute(t,u+1),o.fromBufferAttribute(t,u+2),h.subVectors(o,r),p.subVectors(s,r),h.cross(p),n.setXYZ(u+0,h.x,h.y,h.z),n.setXYZ(u+1,h.x,h.y,h.z),n.setXYZ(u+2,h.x,h.y,h.z);this.normalizeNormals(),n.needsUpdate=!0}}normalizeNormals(){let e=this.attributes.normal;for(let t=0,n=e.count;t<n;t++)_t.fromBufferAttribute(e,t),_t.normalize(),e.setXYZ(t,_t.x,_t.y,_t.z)}toNonIndexed(){function e(a,l){let c=a.array,h=a.itemSize,p=a.normalized,u=new c.constructor(l.length*h),f=0,x=0;for(let S=0,m=l.length;S<m;S++){a.isInterleavedBufferAttribute?f=l[S]*a.data.stride+a.offset:f=l[S]*h;for(let d=0;d<h;d++)u[x++]=c[f++]}return new Vt(u,h,p)}if(this.index===null)return Re("BufferGeometry.toNonIndexed(): BufferGeometry is already non-indexed."),this;let t=new i,n=this.index.array,s=this.attributes;for(let a in s){let l=s[a],c=e(l,n);t.setAttribute(a,c)}let r=this.morphAttributes;for(let a in r){let l=[],c=r[a];for(let h=0,p=c.length;h<p;h++){let u=c[h],f=e(u,n);l.push(f)}t.morphAttributes[a]=l}t.morphTargetsRelative=this.morphTargetsRelative;let o=this.groups;for(let a=0,l=o.length;a<l;a++){let c=o[a];t.addGroup(c.start,c.count,c.materialIndex)}return t}toJSON(){let e={metadata:{version:4.7,type:"BufferGeometry",generator:"BufferGeometry.toJSON"}};if(e.uuid=this.uuid,e.type=this.parameters!==void 0&&this._transformed===!0?"BufferGeometry":this.type,e.name=this.name,Object.keys(this.userData).length>0&&(e.userData=this.userData),this.parameters!==void 0&&this._transformed!==!0){let l=this.parameters;for(let c in l)l[c]!==void 0&&(e[c]=l[c]);return e}e.data={attributes:{}};let t=this.index;t!==null&&(e.data.index={type:t.array.constructor.name,array:Array.prototype.slice.call(t.array)});let n=this.attributes;for(let l in n){let c=n[l];e.data.attributes[l]=c.toJSON(e.data)}let s={},r=!1;for(let l in this.morphAttributes){let c=this.morphAttributes[l],h=[];for(let p=0,u=c.length;p<u;p++){let f=c[p];h.push(f.toJSON(e.data))}h.length>0&&(s[l]=h,r=!0)}r&&(e.data.morphAttributes=s,e.data.morphTargetsRelative=this.morphTargetsRelative);let o=this.groups;o.length>0&&(e.data.groups=JSON.parse(JSON.stringify(o)));let a=this.boundingSphere;return a!==null&&(e.data.boundingSphere=a.toJSON()),e}clone(){return new this.constructor().copy(this)}copy(e){this.index=null,this.attributes={},this.morphAttributes={},this.groups=[],this.boundingBox=null,this.boundingSphere=null;let t={};this.name=e.name;let n=e.index;n!==null&&this.setIndex(n.clone());let s=e.attributes;for(let c in s){let h=s[c];this.setAttribute(c,h.clone(t))}let r=e.morphAttributes;for(let c in r){let h=[],p=r[c];for(let u=0,f=p.length;u<f;u++)h.push(p[u].clone(t));this.morphAttributes[c]=h}this.morphTargetsRelative=e.morphTargetsRelative;let o=e.groups;for(let c=0,h=o.length;c<h;c++){let p=o[c];this.addGroup(p.start,p.count,p.materialIndex)}let a=e.boundingBox;a!==null&&(this.boundingBox=a.clone());let l=e.boundingSphere;return l!==null&&(this.boundingSphere=l.clone()),this.drawRange.start=e.drawRange.start,this.drawRange.count=e.drawRange.count,this.userData=e.userData,this._transformed=e._transformed,this}dispose(){this.dispatchEvent({type:"dispose"})}};var ul=new U,Tf=new U,Ef=new Ie,Lt=class{constructor(e=new U(1,0,0),t=0){this.isPlane=!0,this.normal=e,this.constant=t}set(e,t){return this.normal.copy(e),this.constant=t,this}setComponents(e,t,n,s){return this.normal.set(e,t,n),this.constant=s,this}setFromNormalAndCoplanarPoint(e,t){return this.normal.copy(e),this.constant=-t.dot(this.normal),this}setFromCoplanarPoints(e,t,n){let s=ul.subVectors(n,t).cross(Tf.subVectors(e,t)).normalize();return this.setFromNormalAndCoplanarPoint(s,e),this}copy(e){return this.normal.copy(e.normal),this.constant=e.constant,this}normalize(){let e=1/this.normal.length();return this.normal.multiplyScalar(e),this.constant*=e,this}negate(){return this.constant*=-1,this.normal.negate(),this}distanceToPoint(e){return this.normal.dot(e)+this.constant}distanceToSphere(e){return this.distanceToPoint(e.center)-e.radius}projectPoint(e,t){return t.copy(e).addScaledVector(this.normal,-this.distanceToPoint(e))}intersectLine(e,t,n=!0){let s=e.delta(ul),r=this.normal.dot(s);if(r===0)return this.distanceToPoint(e.start)===0?t.copy(e.start):null;let o=-(e.start.dot(this.normal)+this.constant)/r;return n===!0&&(o<0||o>1)?null:t.copy(e.start).addScaledVector(s,o)}intersectsLine(e){let t=this.distanceToPoint(e.start),n=this.distanceToPoint(e.end);return t<0&&n>0||n<0&&t>0}intersectsBox(e){return e.intersectsPlane(this)}intersectsSphere(e){return e.intersectsPlane(this)}coplanarPoint(e){return e.copy(this.normal).multiplyScalar(-this.constant)}applyMatrix4(e,t){let n=t||Ef.getNormalMatrix(e),s=this.coplanarPoint(ul).applyMatrix4(e),r=this.normal.applyMatrix3(n).normalize();return this.constant=-s.dot(r),this}translate(e){return this.constant-=e.dot(this.normal),this}equals(e){return e.normal.equals(this.normal)&&e.constant===this.constant}clone(){return new this.constructor().copy(this)}toJSON(){return{normal:this.normal.toArray(),constant:this.constant}}fromJSON(e){return this.normal.fromArray(e.normal),this.constant=e.constant,this}},Af=0,bn=class extends un{constructor(){super(),this.isMaterial=!0,Object.defineProperty(this,"id",{value:Af++}),this.uuid=ns(),this.name="",this.type="Material",this.blending=$i,this.side=si,this.vertexColors=!1,this.opacity=1,this.transparent=!1,this.alphaHash=!1,this.blendSrc=Al,this.blendDst=Rl,this.blendEquation=vi,this.blendSrcAlpha=null,this.blendDstAlpha=null,this.blendEquationAlpha=null,this.blendColor=new Fe(0,0,0),this.blendAlpha=0,this.depthFunc=ki,this.depthTest=!0,this.depthWrite=!0,this.stencilWriteMask=255,this.stencilFunc=jh,this.stencilRef=0,this.stencilFuncMask=255,this.stencilFail=Vr,this.stencilZFail=Vr,this.stencilZPass=Vr,this.stencilWrite=!1,this.clippingPlanes=null,this.clipIntersection=!1,this.clipShadows=!1,this.shadowSide=null,this.colorWrite=!0,this.precision=null,this.polygonOffset=!1,this.polygonOffsetFactor=0,this.polygonOffsetUnits=0,this.dithering=!1,this.alphaToCoverage=!1,this.premultipliedAlpha=!1,this.forceSinglePass=!1,this.allowOverride=!0,this.visible=!0,this.toneMapped=!0,this.userData={},this.version=0,this._alphaTest=0}get alphaTest(){return this._alphaTest}set alphaTest(e){this._alphaTest>0!=e>0&&this.version++,this._alphaTest=e}onBeforeRender(){}onBeforeCompile(){}customProgramCacheKey(){return this.onBeforeCompile.toString()}setValues(e){if(e!==void 0)for(let t in e){let n=e[t];if(n===void 0){Re(`Material: parameter '${t}' has value of undefined.`);continue}let s=this[t];if(s===void 0){Re(`Material: '${t}' is not a property of THREE.${this.type}.`);continue}s&&s.isColor?s.set(n):s&&s.isVector2&&n&&n.isVector2||s&&s.isEuler&&n&&n.isEuler||s&&s.isVector3&&n&&n.isVector3?s.copy(n):this[t]=n}}toJSON(e){let t=e===void 0||typeof e=="string";t&&(e={textures:{},images:{}});let n={metadata:{version:4.7,type:"Material",generator:"Material.toJSON"}};n.uuid=this.uuid,n.type=this.type,n.blending=this.blending,n.side=this.side,n.shadowSide=this.shadowSide,n.vertexColors=this.vertexColors,n.opacity=this.opacity,n.transparent=this.transparent,n.blendSrc=this.blendSrc,n.blendDst=this.blendDst,n.blendEquation=this.blendEquation,n.blendSrcAlpha=this.blendSrcAlpha,n.blendDstAlpha=this.blendDstAlpha,n.blendEquationAlpha=this.blendEquationAlpha,n.blendColor=this.blendColor.getHex(),n.blendAlpha=this.blendAlpha,n.depthFunc=this.depthFunc,n.depthTest=this.depthTest,n.depthWrite=this.depthWrite,n.colorWrite=this.colorWrite,n.clipIntersection=this.clipIntersection,n.clipShadows=this.clipShadows,n.stencilWriteMask=this.stencilWriteMask,n.stencilFunc=this.stencilFunc,n.stencilRef=this.stencilRef,n.stencilFuncMask=this.stencilFuncMask,n.stencilFail=this.stencilFail,n.stencilZFail=this.stencilZFail,n.stencilZPass=this.stencilZPass,n.stencilWrite=this.stencilWrite,n.polygonOffset=this.polygonOffset,n.polygonOffsetFactor=this.polygonOffsetFactor,n.polygonOffsetUnits=this.polygonOffsetUnits,n.dithering=this.dithering,n.alphaTest=this.alphaTest,n.alphaHash=this.alphaHash,n.alphaToCoverage=this.alphaToCoverage,n.premultipliedAlpha=this.premultipliedAlpha,n.forceSinglePass=this.forceSinglePass,n.allowOverride=this.allowOverride,n.visible=this.visible,n.toneMapped=this.toneMapped,n.name=this.name,this.color&&this.color.isColor&&(n.color=this.color.getHex()),this.roughness!==void 0&&(n.roughness=this.roughness),this.metalness!==void 0&&(n.metalness=this.metalness),this.sheen!==void 0&&(n.sheen=this.sheen),this.sheenColor&&this.sheenColor.isColor&&(n.sheenColor=this.sheenColor.getHex()),this.sheenRoughness!==void 0&&(n.sheenRoughness=this.sheenRoughness),this.emissive&&this.emissive.isColor&&(n.emissive=this.emissive.getHex()),this.emissiveIntensity!==void 0&&(n.emissiveIntensity=this.emissiveIntensity),this.specular&&this.specular.isColor&&(n.specular=this.specular.getHex()),this.specularIntensity!==void 0&&(n.specularIntensity=this.specularIntensity),this.specularColor&&this.specularColor.isColor&&(n.specularColor=this.specularColor.getHex()),this.shininess!==void 0&&(n.shininess=this.shininess),this.clearcoat!==void 0&&(n.clearcoat=this.clearcoat),this.clearcoatRoughness!==void 0&&(n.clearcoatRoughness=this.clearcoatRoughness),this.diffuseRoughness!==void 0&&(n.diffuseRoughness=this.diffuseRoughness),this.diffuseRoughnessMap&&this.diffuseRoughnessMap.isTexture&&(n.diffuseRoughnessMap=this.diffuseRoughnessMap.toJSON(e).uuid),this.clearcoatMap&&this.clearcoatMap.isTexture&&(n.clearcoatMap=this.clearcoatMap.toJSON(e).uuid),this.clearcoatRoughnessMap&&this.clearcoatRoughnessMap.isTexture&&(n.clearcoatRoughnessMap=this.clearcoatRoughnessMap.toJSON(e).uuid),this.clearcoatNormalMap&&this.clearcoatNormalMap.isTexture&&(n.clearcoatNormalMap=this.clearcoatNormalMap.toJSON(e).uuid,n.clearcoatNormalScale=this.clearcoatNormalScale.toArray()),this.sheenColorMap&&this.sheenColorMap.isTexture&&(n.sheenColorMap=this.sheenColorMap.toJSON(e).uuid),this.sheenRoughnessMap&&this.sheenRoughnessMap.isTexture&&(n.sheenRoughnessMap=this.sheenRoughnessMap.toJSON(e).uuid),this.dispersion!==void 0&&(n.dispersion=this.dispersion),this.retroreflectivity!==void 0&&(n.retroreflectivity=this.retroreflectivity),this.iridescence!==void 0&&(n.iridescence=this.iridescence),this.iridescenceIOR!==void 0&&(n.iridescenceIOR=this.iridescenceIOR),this.iridescenceThicknessMinimum!==void 0&&(n.iridescenceThicknessMinimum=this.iridescenceThicknessMinimum),this.iridescenceThicknessMaximum!==void 0&&(n.iridescenceThicknessMaximum=this.iridescenceThicknessMaximum),this.iridescenceMap&&this.iridescenceMap.isTexture&&(n.iridescenceMap=this.iridescenceMap.toJSON(e).uuid),this.iridescenceThicknessMap&&this.iridescenceThicknessMap.isTexture&&(n.iridescenceThicknessMap=this.iridescenceThicknessMap.toJSON(e).uuid),this.anisotropy!==void 0&&(n.anisotropy=this.anisotropy),this.anisotropyRotation!==void 0&&(n.anisotropyRotation=this.anisotropyRotation),this.anisotropyMap&&this.anisotropyMap.isTexture&&(n.anisotropyMap=this.anisotropyMap.toJSON(e).uuid),this.map&&this.map.isTexture&&(n.map=this.map.toJSON(e).uuid),this.matcap&&this.matcap.isTexture&&(n.matcap=this.matcap.toJSON(e).uuid),this.alphaMap&&this.alphaMap.isTexture&&(n.alphaMap=this.alphaMap.toJSON(e).uuid),this.lightMap&&this.lightMap.isTexture&&(n.lightMap=this.lightMap.toJSON(e).uuid,n.lightMapIntensity=this.lightMapIntensity),this.aoMap&&this.aoMap.isTexture&&(n.aoMap=this.aoMap.toJSON(e).uuid,n.aoMapIntensity=this.aoMapIntensity),this.bumpMap&&this.bumpMap.isTexture&&(n.bumpMap=this.bumpMap.toJSON(e).uuid,n.bumpScale=this.bumpScale),this.normalMap&&this.normalMap.isTexture&&(n.normalMap=this.normalMap.toJSON(e).uuid,n.normalMapType=this.normalMapType,n.normalScale=this.normalScale.toArray()),this.displacementMap&&this.displacementMap.isTexture&&(n.displacementMap=this.displacementMap.toJSON(e).uuid,n.displacementScale=this.displacementScale,n.displacementBias=this.displacementBias),this.roughnessMap&&this.roughnessMap.isTexture&&(n.roughnessMap=this.roughnessMap.toJSON(e).uuid),this.metalnessMap&&this.metalnessMap.isTexture&&(n.metalnessMap=this.metalnessMap.toJSON(e).uuid),this.emissiveMap&&this.emissiveMap.isTexture&&(n.emissiveMap=this.emissiveMap.toJSON(e).uuid),this.specularMap&&this.specularMap.isTexture&&(n.specularMap=this.specularMap.toJSON(e).uuid),this.specularIntensityMap&&this.specularIntensityMap.isTexture&&(n.specularIntensityMap=this.specularIntensityMap.toJSON(e).uuid),this.specularColorMap&&this.specularColorMap.isTexture&&(n.specularColorMap=this.specularColorMap.toJSON(e).uuid),this.envMap&&this.envMap.isTexture&&(n.envMap=this.envMap.toJSON(e).uuid,this.combine!==void 0&&(n.combine=this.combine)),this.envMapRotation!==void 0&&(n.envMapRotation=this.envMapRotation.toArray()),this.envMapIntensity!==void 0&&(n.envMapIntensity=this.envMapIntensity),this.reflectivity!==void 0&&(n.reflectivity=this.reflectivity),this.refractionRatio!==void 0&&(n.refractionRatio=this.refractionRatio),this.gradientMap&&this.gradientMap.isTexture&&(n.gradientMap=this.gradientMap.toJSON(e).uuid),this.transmission!==void 0&&(n.transmission=this.transmission),this.transmissionMap&&this.transmissionMap.isTexture&&(n.transmissionMap=this.transmissionMap.toJSON(e).uuid),this.thickness!==void 0&&(n.thickness=this.thickness),this.thicknessMap&&this.thicknessMap.isTexture&&(n.thicknessMap=this.thicknessMap.toJSON(e).uuid),this.attenuationDistance!==void 0&&(n.attenuationDistance=this.attenuationDistance),this.attenuationColor!==void 0&&(n.attenuationColor=this.attenuationColor.getHex()),this.size!==void 0&&(n.size=this.size),this.sizeAttenuation!==void 0&&(n.sizeAttenuation=this.sizeAttenuation),Array.isArray(this.clippingPlanes)&&this.clippingPlanes.length>0&&(n.clippingPlanes=this.clippingPlanes.map(r=>r.toJSON())),this.rotation!==void 0&&(n.rotation=this.rotation),this.depthPacking!==void 0&&(n.depthPacking=this.depthPacking),this.linewidth!==void 0&&(n.linewidth=this.linewidth),this.linecap!==void 0&&(n.linecap=this.linecap),this.linejoin!==void 0&&(n.linejoin=this.linejoin),this.dashSize!==void 0&&(n.dashSize=this.dashSize),this.gapSize!==void 0&&(n.gapSize=this.gapSize),this.scale!==void 0&&(n.scale=this.scale),this.wireframe!==void 0&&(n.wireframe=this.wireframe),this.wireframeLinewidth!==void 0&&(n.wireframeLinewidth=this.wireframeLinewidth),this.wireframeLinecap!==void 0&&(n.wireframeLinecap=this.wireframeLinecap),this.wireframeLinejoin!==void 0&&(n.wireframeLinejoin=this.wireframeLinejoin),this.flatShading!==void 0&&(n.flatShading=this.flatShading),this.fog!==void 0&&(n.fog=this.fog),Object.keys(this.userData).length>0&&(n.userData=this.userData);function s(r){let o=[];for(let a in r){let l=r[a];delete l.metadata,o.push(l)}return o}if(t){let r=s(e.textures),o=s(e.images);r.length>0&&(n.textures=r),o.length>0&&(n.images=o)}return n}fromJSON(e,t){if(e.uuid!==void 0&&(this.uuid=e.uuid),e.name!==void 0&&(this.name=e.name),e.color!==void 0&&this.color!==void 0&&this.color.setHex(e.color),e.roughness!==void 0&&(this.roughness=e.roughness),e.metalness!==void 0&&(this.metalness=e.metalness),e.sheen!==void 0&&(this.sheen=e.sheen),e.sheenColor!==void 0&&(this.sheenColor=new Fe().setHex(e.sheenColor)),e.sheenRoughness!==void 0&&(this.sheenRoughness=e.sheenRoughness),e.emissive!==void 0&&this.emissive!==void 0&&this.emissive.setHex(e.emissive),e.specular!==void 0&&this.specular!==void 0&&this.specular.setHex(e.specular),e.specularIntensity!==void 0&&(this.specularIntensity=e.specularIntensity),e.specularColor!==void 0&&this.specularColor!==void 0&&this.specularColor.setHex(e.specularColor),e.shininess!==void 0&&(this.shininess=e.shininess),e.clearcoat!==void 0&&(this.clearcoat=e.clearcoat),e.clearcoatRoughness!==void 0&&(this.clearcoatRoughness=e.clearcoatRoughness),e.diffuseRoughness!==void 0&&(this.diffuseRoughness=e.diffuseRoughness),e.dispersion!==void 0&&(this.dispersion=e.dispersion),e.retroreflectivity!==void 0&&(this.retroreflectivity=e.retroreflectivity),e.iridescence!==void 0&&(this.iridescence=e.iridescence),e.iridescenceIOR!==void 0&&(this.iridescenceIOR=e.iridescenceIOR),e.iridescenceThicknessMinimum!==void 0&&(this.iridescenceThicknessMinimum=e.iridescenceThicknessMinimum),e.iridescenceThicknessMaximum!==void 0&&(this.iridescenceThicknessMaximum=e.iridescenceThicknessMaximum),e.iridescenceThicknessRange!==void 0&&(this.iridescenceThicknessMinimum=e.iridescenceThicknessRange[0],this.iridescenceThicknessMaximum=e.iridescenceThicknessRange[1]),e.transmission!==void 0&&(this.transmission=e.transmission),e.thickness!==void 0&&(this.thickness=e.thickness),e.attenuationDistance!==void 0&&(this.attenuationDistance=e.attenuationDistance),e.attenuationColor!==void 0&&this.attenuationColor!==void 0&&this.attenuationColor.setHex(e.attenuationColor),e.anisotropy!==void 0&&(this.anisotropy=e.anisotropy),e.anisotropyRotation!==void 0&&(this.anisotropyRotation=e.anisotropyRotation),e.fog!==void 0&&(this.fog=e.fog),e.flatShading!==void 0&&(this.flatShading=e.flatShading),e.blending!==void 0&&(this.blending=e.blending),e.combine!==void 0&&(this.combine=e.combine),e.side!==void 0&&(this.side=e.side),e.shadowSide!==void 0&&(this.shadowSide=e.shadowSide),e.opacity!==void 0&&(this.opacity=e.opacity),e.transparent!==void 0&&(this.transparent=e.transparent),e.alphaTest!==void 0&&(this.alphaTest=e.alphaTest),e.alphaHash!==void 0&&(this.alphaHash=e.alphaHash),e.depthFunc!==void 0&&(this.depthFunc=e.depthFunc),e.depthTest!==void 0&&(this.depthTest=e.depthTest),e.depthWrite!==void 0&&(this.depthWrite=e.depthWrite),e.colorWrite!==void 0&&(this.colorWrite=e.colorWrite),e.clippingPlanes!==void 0&&(this.clippingPlanes=e.clippingPlanes.map(n=>new Lt().fromJSON(n))),e.clipIntersection!==void 0&&(this.clipIntersection=e.clipIntersection),e.clipShadows!==void 0&&(this.clipShadows=e.clipShadows),e.depthPacking!==void 0&&(this.depthPacking=e.depthPacking),e.blendSrc!==void 0&&(this.blendSrc=e.blendSrc),e.blendDst!==void 0&&(this.blendDst=e.blendDst),e.blendEquation!==void 0&&(this.blendEquation=e.blendEquation),e.blendSrcAlpha!==void 0&&(this.blendSrcAlpha=e.blendSrcAlpha),e.blendDstAlpha!==void 0&&(this.blendDstAlpha=e.blendDstAlpha),e.blendEquationAlpha!==void 0&&(this.blendEquationAlpha=e.blendEquationAlpha),e.blendColor!==void 0&&this.blendColor!==void 0&&this.blendColor.setHex(e.blendColor),e.blendAlpha!==void 0&&(this.blendAlpha=e.blendAlpha),e.stencilWriteMask!==void 0&&(this.stencilWriteMask=e.stencilWriteMask),e.stencilFunc!==void 0&&(this.stencilFunc=e.stencilFunc),e.stencilRef!==void 0&&(this.stencilRef=e.stencilRef),e.stencilFuncMask!==void 0&&(this.stencilFuncMask=e.stencilFuncMask),e.stencilFail!==void 0&&(this.stencilFail=e.stencilFail),e.stencilZFail!==void 0&&(this.stencilZFail=e.stencilZFail),e.stencilZPass!==void 0&&(this.stencilZPass=e.stencilZPass),e.stencilWrite!==void 0&&(this.stencilWrite=e.stencilWrite),e.wireframe!==void 0&&(this.wireframe=e.wireframe),e.wireframeLinewidth!==void 0&&(this.wireframeLinewidth=e.wireframeLinewidth),e.wireframeLinecap!==void 0&&(this.wireframeLinecap=e.wireframeLinecap),e.wireframeLinejoin!==void 0&&(this.wireframeLinejoin=e.wireframeLinejoin),e.rotation!==void 0&&(this.rotation=e.rotation),e.linewidth!==void 0&&(this.linewidth=e.linewidth),e.linecap!==void 0&&(this.linecap=e.linecap),e.linejoin!==void 0&&(this.linejoin=e.linejoin),e.dashSize!==void 0&&(this.dashSize=e.dashSize),e.gapSize!==void 0&&(this.gapSize=e.gapSize),e.scale!==void 0&&(this.scale=e.scale),e.polygonOffset!==void 0&&(this.polygonOffset=e.polygonOffset),e.polygonOffsetFactor!==void 0&&(this.polygonOffsetFactor=e.polygonOffsetFactor),e.polygonOffsetUnits!==void 0&&(this.polygonOffsetUnits=e.polygonOffsetUnits),e.dithering!==void 0&&(this.dithering=e.dithering),e.alphaToCoverage!==void 0&&(this.alphaToCoverage=e.alphaToCoverage),e.premultipliedAlpha!==void 0&&(this.premultipliedAlpha=e.premultipliedAlpha),e.forceSinglePass!==void 0&&(this.forceSinglePass=e.forceSinglePass),e.allowOverride!==void 0&&(this.allowOverride=e.allowOverride),e.visible!==void 0&&(this.visible=e.visible),e.toneMapped!==void 0&&(this.toneMapped=e.toneMapped),e.userData!==void 0&&(this.userData=e.userData),e.vertexColors!==void 0&&(typeof e.vertexColors=="number"?this.vertexColors=e.vertexColors>0:this.vertexColors=e.vertexColors),e.size!==void 0&&(this.size=e.size),e.sizeAttenuation!==void 0&&(this.sizeAttenuation=e.sizeAttenuation),e.map!==void 0&&(this.map=t[e.map]||null),e.matcap!==void 0&&(this.matcap=t[e.matcap]||null),e.alphaMap!==void 0&&(this.alphaMap=t[e.alphaMap]||null),e.bumpMap!==void 0&&(this.bumpMap=t[e.bumpMap]||null),e.bumpScale!==void 0&&(this.bumpScale=e.bumpScale),e.normalMap!==void 0&&(this.normalMap=t[e.normalMap]||null),e.normalMapType!==void 0&&(this.normalMapType=e.normalMapType),e.normalScale!==void 0){let n=e.normalScale;Array.isArray(n)===!1&&(n=[n,n]),this.normalScale=new Te().fromArray(n)}return e.displacementMap!==void 0&&(this.displacementMap=t[e.displacementMap]||null),e.displacementScale!==void 0&&(this.displacementScale=e.displacementScale),e.displacementBias!==void 0&&(this.displacementBias=e.displacementBias),e.roughnessMap!==void 0&&(this.roughnessMap=t[e.roughnessMap]||null),e.metalnessMap!==void 0&&(this.metalnessMap=t[e.metalnessMap]||null),e.emissiveMap!==void 0&&(this.emissiveMap=t[e.emissiveMap]||null),e.emissiveIntensity!==void 0&&(this.emissiveIntensity=e.emissiveIntensity),e.specularMap!==void 0&&(this.specularMap=t[e.specularMap]||null),e.specularIntensityMap!==void 0&&(this.specularIntensityMap=t[e.specularIntensityMap]||null),e.specularColorMap!==void 0&&(this.specularColorMap=t[e.specularColorMap]||null),e.envMap!==void 0&&(this.envMap=t[e.envMap]||null),e.envMapRotation!==void 0&&this.envMapRotation.fromArray(e.envMapRotation),e.envMapIntensity!==void 0&&(this.envMapIntensity=e.envMapIntensity),e.reflectivity!==void 0&&(this.reflectivity=e.reflectivity),e.refractionRatio!==void 0&&(this.refractionRatio=e.refractionRatio),e.lightMap!==void 0&&(this.lightMap=t[e.lightMap]||null),e.lightMapIntensity!==void 0&&(this.lightMapIntensity=e.lightMapIntensity),e.aoMap!==void 0&&(this.aoMap=t[e.aoMap]||null),e.aoMapIntensity!==void 0&&(this.aoMapIntensity=e.aoMapIntensity),e.gradientMap!==void 0&&(this.gradientMap=t[e.gradientMap]||null),e.clearcoatMap!==void 0&&(this.clearcoatMap=t[e.clearcoatMap]||null),e.clearcoatRoughnessMap!==void 0&&(this.clearcoatRoughnessMap=t[e.clearcoatRoughnessMap]||null),e.clearcoatNormalMap!==void 0&&(this.clearcoatNormalMap=t[e.clearcoatNormalMap]||null),e.clearcoatNormalScale!==void 0&&(this.clearcoatNormalScale=new Te().fromArray(e.clearcoatNormalScale)),e.diffuseRoughnessMap!==void 0&&(this.diffuseRoughnessMap=t[e.diffuseRoughnessMap]||null),e.iridescenceMap!==void 0&&(this.iridescenceMap=t[e.iridescenceMap]||null),e.iridescenceThicknessMap!==void 0&&(this.iridescenceThicknessMap=t[e.iridescenceThicknessMap]||null),e.transmissionMap!==void 0&&(this.transmissionMap=t[e.transmissionMap]||null),e.thicknessMap!==void 0&&(this.thicknessMap=t[e.thicknessMap]||null),e.anisotropyMap!==void 0&&(this.anisotropyMap=t[e.anisotropyMap]||null),e.sheenColorMap!==void 0&&(this.sheenColorMap=t[e.sheenColorMap]||null),e.sheenRoughnessMap!==void 0&&(this.sheenRoughnessMap=t[e.sheenRoughnessMap]||null),this}clone(){return new this.constructor().copy(this)}copy(e){this.name=e.name,this.blending=e.blending,this.side=e.side,this.vertexColors=e.vertexColors,this.opacity=e.opacity,this.transparent=e.transparent,this.blendSrc=e.blendSrc,this.blendDst=e.blendDst,this.blendEquation=e.blendEquation,this.blendSrcAlpha=e.blendSrcAlpha,this.blendDstAlpha=e.blendDstAlpha,this.blendEquationAlpha=e.blendEquationAlpha,this.blendColor.copy(e.blendColor),this.blendAlpha=e.blendAlpha,this.depthFunc=e.depthFunc,this.depthTest=e.depthTest,this.depthWrite=e.depthWrite,this.stencilWriteMask=e.stencilWriteMask,this.stencilFunc=e.stencilFunc,this.stencilRef=e.stencilRef,this.stencilFuncMask=e.stencilFuncMask,this.stencilFail=e.stencilFail,this.stencilZFail=e.stencilZFail,this.stencilZPass=e.stencilZPass,this.stencilWrite=e.stencilWrite;let t=e.clippingPlanes,n=null;if(t!==null){let s=t.length;n=new Array(s);for(let r=0;r!==s;++r)n[r]=t[r].clone()}return this.clippingPlanes=n,this.clipIntersection=e.clipIntersection,this.clipShadows=e.clipShadows,this.shadowSide=e.shadowSide,this.colorWrite=e.colorWrite,this.precision=e.precision,this.polygonOffset=e.polygonOffset,this.polygonOffsetFactor=e.polygonOffsetFactor,this.polygonOffsetUnits=e.polygonOffsetUnits,this.dithering=e.dithering,this.alphaTest=e.alphaTest,this.alphaHash=e.alphaHash,this.alphaToCoverage=e.alphaToCoverage,this.premultipliedAlpha=e.premultipliedAlpha,this.forceSinglePass=e.forceSinglePass,this.allowOverride=e.allowOverride,this.visible=e.visible,this.toneMapped=e.toneMapped,this.userData=JSON.parse(JSON.stringify(e.userData)),this}dispose(){this.dispatchEvent({type:"dispose"})}set needsUpdate(e){e===!0&&this.version++}};var Dn=new U,dl=new U,Er=new U,Ar=new U,pi=class{constructor(e=new U,t=new U(0,0,-1)){this.origin=e,this.direction=t}set(e,t){return this.origin.copy(e),this.direction.copy(t),this}copy(e){return this.origin.copy(e.origin),this.direction.copy(e.direction),this}at(e,t){return t.copy(this.origin).addScaledVector(this.direction,e)}lookAt(e){return this.direction.copy(e).sub(this.origin).normalize(),this}recast(e){return this.origin.copy(this.at(e,Dn)),this}closestPointToPoint(e,t){t.subVectors(e,this.origin);let n=t.dot(this.direction);return n<0?t.copy(this.origin):t.copy(this.origin).addScaledVector(this.direction,n)}distanceToPoint(e){return Math.sqrt(this.distanceSqToPoint(e))}distanceSqToPoint(e){let t=Dn.subVectors(e,this.origin).dot(this.direction);return t<0?this.origin.distanceToSquared(e):(Dn.copy(this.origin).addScaledVector(this.direction,t),Dn.distanceToSquared(e))}distanceSqToSegment(e,t,n,s){dl.copy(e).add(t).multiplyScalar(.5),Er.copy(t).sub(e).normalize(),Ar.copy(this.origin).sub(dl);let r=e.distanceTo(t)*.5,o=-this.direction.dot(Er),a=Ar.dot(this.direction),l=-Ar.dot(Er),c=Ar.lengthSq(),h=Math.abs(1-o*o),p,u,f,x;if(h>0)if(p=o*l-a,u=o*a-l,x=r*h,p>=0)if(u>=-x)if(u<=x){let S=1/h;p*=S,u*=S,f=p*(p+o*u+2*a)+u*(o*p+u+2*l)+c}else u=r,p=Math.max(0,-(o*u+a)),f=-p*p+u*(u+2*l)+c;else u=-r,p=Math.max(0,-(o*u+a)),f=-p*p+u*(u+2*l)+c;else u<=-x?(p=Math.max(0,-(-o*r+a)),u=p>0?-r:Math.min(Math.max(-r,-l),r),f=-p*p+u*(u+2*l)+c):u<=x?(p=0,u=Math.min(Math.max(-r,-l),r),f=u*(u+2*l)+c):(p=Math.max(0,-(o*r+a)),u=p>0?r:Math.min(Math.max(-r,-l),r),f=-p*p+u*(u+2*l)+c);else u=o>0?-r:r,p=Math.max(0,-(o*u+a)),f=-p*p+u*(u+2*l)+c;return n&&n.copy(this.origin).addScaledVector(this.direction,p),s&&s.copy(dl).addScaledVector(Er,u),f}intersectSphere(e,t){if(e.radius<0)return null;Dn.subVectors(e.center,this.origin);let n=Dn.dot(this.direction),s=Dn.dot(Dn)-n*n,r=e.radius*e.radius;if(s>r)return null;let o=Math.sqrt(r-s),a=n-o,l=n+o;return l<0?null:a<0?this.at(l,t):this.at(a,t)}intersectsSphere(e){return e.radius<0?!1:this.distanceSqToPoint(e.center)<=e.radius*e.radius}distanceToPlane(e){let t=e.normal.dot(this.direction);if(t===0)return e.distanceToPoint(this.origin)===0?0:null;let n=-(this.origin.dot(e.normal)+e.constant)/t;return n>=0?n:null}intersectPlane(e,t){let n=this.distanceToPlane(e);return n===null?null:this.at(n,t)}intersectsPlane(e){let t=e.distanceToPoint(this.origin);return t===0||e.normal.dot(this.direction)*t<0}intersectBox(e,t){let n,s,r,o,a,l,c=1/this.direction.x,h=1/this.direction.y,p=1/this.direction.z,u=this.origin;return c>=0?(n=(e.min.x-u.x)*c,s=(e.max.x-u.x)*c):(n=(e.max.x-u.x)*c,s=(e.min.x-u.x)*c),h>=0?(r=(e.min.y-u.y)*h,o=(e.max.y-u.y)*h):(r=(e.max.y-u.y)*h,o=(e.min.y-u.y)*h),n>o||r>s||((r>n||isNaN(n))&&(n=r),(o<s||isNaN(s))&&(s=o),p>=0?(a=(e.min.z-u.z)*p,l=(e.max.z-u.z)*p):(a=(e.max.z-u.z)*p,l=(e.min.z-u.z)*p),n>l||a>s)||((a>n||n!==n)&&(n=a),(l<s||s!==s)&&(s=l),s<0)?null:this.at(n>=0?n:s,t)}intersectsBox(e){return this.intersectBox(e,Dn)!==null}intersectTriangle(e,t,n,s,r){let o=this.origin,a=this.direction,l=a.x,c=a.y,h=a.z,p=e.x-o.x,u=e.y-o.y,f=e.z-o.z,x=t.x-o.x,S=t.y-o.y,m=t.z-o.z,d=n.x-o.x,_=n.y-o.y,E=n.z-o.z,M=Math.abs(l),A=Math.abs(c),T=Math.abs(h),g,b,N,C,D,k,q,I,W,J,V,te;if(M>=A&&M>=T?(N=l,k=p,W=x,te=d,l>=0?(g=c,b=h,C=u,D=f,q=S,I=m,J=_,V=E):(g=h,b=c,C=f,D=u,q=m,I=S,J=E,V=_)):A>=T?(N=c,k=u,W=S,te=_,c>=0?(g=h,b=l,C=f,D=p,q=m,I=x,J=E,V=d):(g=l,b=h,C=p,D=f,q=x,I=m,J=d,V=E)):(N=h,k=f,W=m,te=E,h>=0?(g=l,b=c,C=p,D=u,q=x,I=S,J=d,V=_):(g=c,b=l,C=u,D=p,q=S,I=x,J=_,V=d)),N===0)return null;let H=g/N,Q=b/N,$=1/N,Se=C-H*k,Ue=D-Q*k,Z=q-H*W,pe=I-Q*W,xe=J-H*te,Ee=V-Q*te,me=xe*pe-Ee*Z,Ne=Se*Ee-Ue*xe,ct=Z*Ue-pe*Se;if(s){if(me<0||Ne<0||ct<0)return null}else if((me<0||Ne<0||ct<0)&&(me>0||Ne>0||ct>0))return null;let Ce=me+Ne+ct;if(Ce===0)return null;let Je=$*(me*k+Ne*W+ct*te);return(Ce>0?Je<0:Je>0)?null:this.at(Je/Ce,r)}applyMatrix4(e){return this.origin.applyMatrix4(e),this.direction.transformDirection(e),this}equals(e){return e.origin.equals(this.origin)&&e.direction.equals(this.direction)}clone(){return new this.constructor().copy(this)}},qi=class extends bn{constructor(e){super(),this.isMeshBasicMaterial=!0,this.type="MeshBasicMaterial",this.color=new Fe(16777215),this.map=null,this.lightMap=null,this.lightMapIntensity=1,this.aoMap=null,this.aoMapIntensity=1,this.specularMap=null,this.alphaMap=null,this.envMap=null,this.envMapRotation=new vn,this.combine=vo,this.reflectivity=1,this.refractionRatio=.98,this.wireframe=!1,this.wireframeLinewidth=1,this.wireframeLinecap="round",this.wireframeLinejoin="round",this.fog=!0,this.setValues(e)}copy(e){return super.copy(e),this.color.copy(e.color),this.map=e.map,this.lightMap=e.lightMap,this.lightMapIntensity=e.lightMapIntensity,this.aoMap=e.aoMap,this.aoMapIntensity=e.aoMapIntensity,this.specularMap=e.specularMap,this.alphaMap=e.alphaMap,this.envMap=e.envMap,this.envMapRotation.copy(e.envMapRotation),this.combine=e.combine,this.reflectivity=e.reflectivity,this.refractionRatio=e.refractionRatio,this.wireframe=e.wireframe,this.wireframeLinewidth=e.wireframeLinewidth,this.wireframeLinecap=e.wireframeLinecap,this.wireframeLinejoin=e.wireframeLinejoin,this.fog=e.fog,this}},hh=new Qe,di=new pi,Rr=new Sn,uh=new U,Cr=new U,Pr=new U,Ir=new U,fl=new U,Lr=new U,dh=new U,Ur=new U,bt=class extends Ut{constructor(e=new Bt,t=new qi){super(),this.isMesh=!0,this.type="Mesh",this.geometry=e,this.material=t,this.morphTargetDictionary=void 0,this.morphTargetInfluences=void 0,this.count=1,this.updateMorphTargets()}copy(e,t){return super.copy(e,t),e.morphTargetInfluences!==void 0?this.morphTargetInfluences=e.morphTargetInfluences.slice():this.morphTargetInfluences=void 0,e.morphTargetDictionary!==void 0?this.morphTargetDictionary=Object.assign({},e.morphTargetDictionary):this.morphTargetDictionary=void 0,this.material=Array.isArray(e.material)?e.material.slice():e.material,this.geometry=e.geometry,this}updateMorphTargets(){let t=this.geometry.morphAttributes,n=Object.keys(t);if(n.length>0){let s=t[n[0]];if(s!==void 0){this.morphTargetInfluences=[],this.morphTargetDictionary={};for(let r=0,o=s.length;r<o;r++){let a=s[r].name||String(r);this.morphTargetInfluences.push(0),this.morphTargetDictionary[a]=r}}}}getVertexPosition(e,t){let n=this.geometry,s=n.attributes.position,r=n.morphAttributes.position,o=n.morphTargetsRelative;t.fromBufferAttribute(s,e);let a=this.morphTargetInfluences;if(r&&a){Lr.set(0,0,0);for(let l=0,c=r.length;l<c;l++){let h=a[l],p=r[l];h!==0&&(fl.fromBufferAttribute(p,e),o?Lr.addScaledVector(fl,h):Lr.addScaledVector(fl.sub(t),h))}t.add(Lr)}return t}intersectsFrustum(e){return e.intersectsObject(this)}raycast(e,t){let n=this.geometry,s=this.material,r=this.matrixWorld;s!==void 0&&(n.boundingSphere===null&&n.computeBoundingSphere(),Rr.copy(n.boundingSphere),Rr.applyMatrix4(r),di.copy(e.ray).recast(e.near),!(Rr.containsPoint(di.origin)===!1&&(di.intersectSphere(Rr,uh)===null||di.origin.distanceToSquared(uh)>(e.far-e.near)**2))&&(hh.copy(r).invert(),di.copy(e.ray).applyMatrix4(hh),!(n.boundingBox!==null&&di.intersectsBox(n.boundingBox)===!1)&&this._computeIntersections(e,t,di)))}_computeIntersections(e,t,n){let s,r=this.geometry,o=this.material,a=r.index,l=r.attributes.position,c=r.attributes.uv,h=r.attributes.uv1,p=r.attributes.normal,u=r.groups,f=r.drawRange;if(a!==null)if(Array.isArray(o))for(let x=0,S=u.length;x<S;x++){let m=u[x],d=o[m.materialIndex],_=Math.max(m.start,f.start),E=Math.min(a.count,Math.min(m.start+m.count,f.start+f.count));for(let M=_,A=E;M<A;M+=3){let T=a.getX(M),g=a.getX(M+1),b=a.getX(M+2);s=Dr(this,d,e,n,c,h,p,T,g,b),s&&(s.faceIndex=Math.floor(M/3),s.face.materialIndex=m.materialIndex,t.push(s))}}else{let x=Math.max(0,f.start),S=Math.min(a.count,f.start+f.count);for(let m=x,d=S;m<d;m+=3){let _=a.getX(m),E=a.getX(m+1),M=a.getX(m+2);s=Dr(this,o,e,n,c,h,p,_,E,M),s&&(s.faceIndex=Math.floor(m/3),t.push(s))}}else if(l!==void 0)if(Array.isArray(o))for(let x=0,S=u.length;x<S;x++){let m=u[x],d=o[m.materialIndex],_=Math.max(m.start,f.start),E=Math.min(l.count,Math.min(m.start+m.count,f.start+f.count));for(let M=_,A=E;M<A;M+=3){let T=M,g=M+1,b=M+2;s=Dr(this,d,e,n,c,h,p,T,g,b),s&&(s.faceIndex=Math.floor(M/3),s.face.materialIndex=m.materialIndex,t.push(s))}}else{let x=Math.max(0,f.start),S=Math.min(l.count,f.start+f.count);for(let m=x,d=S;m<d;m+=3){let _=m,E=m+1,M=m+2;s=Dr(this,o,e,n,c,h,p,_,E,M),s&&(s.faceIndex=Math.floor(m/3),t.push(s))}}}};function Rf(i,e,t,n,s,r,o,a){let l;if(e.side===Et?l=n.intersectTriangle(o,r,s,!0,a):l=n.intersectTriangle(s,r,o,e.side===si,a),l===null)return null;Ur.copy(a),Ur.applyMatrix4(i.matrixWorld);let c=t.ray.origin.distanceTo(Ur);return c<t.near||c>t.far?null:{distance:c,point:Ur.clone(),object:i}}function Dr(i,e,t,n,s,r,o,a,l,c){i.getVertexPosition(a,Cr),i.getVertexPosition(l,Pr),i.getVertexPosition(c,Ir);let h=Rf(i,e,t,n,Cr,Pr,Ir,dh);if(h){let p=new U;Jn.getBarycoord(dh,Cr,Pr,Ir,p),s&&(h.uv=Jn.getInterpolatedAttribute(s,a,l,c,p,new Te)),r&&(h.uv1=Jn.getInterpolatedAttribute(r,a,l,c,p,new Te)),o&&(h.normal=Jn.getInterpolatedAttribute(o,a,l,c,p,new U),h.normal.dot(n.direction)>0&&h.normal.multiplyScalar(-1));let u={a,b:l,c,normal:new U,materialIndex:0};Jn.getNormal(Cr,Pr,Ir,u.normal),h.face=u,h.barycoord=p}return h}var Cs=class extends Gt{constructor(e=null,t=1,n=1,s,r,o,a,l,c=St,h=St,p,u){super(null,o,a,l,c,h,s,r,p,u),this.isDataTexture=!0,this.image={data:e,width:t,height:n},this.generateMipmaps=!1,this.flipY=!1,this.unpackAlignment=1}};var Ps=class extends Vt{constructor(e,t,n,s=1){super(e,t,n),this.isInstancedBufferAttribute=!0,this.meshPerAttribute=s}copy(e){return super.copy(e),this.meshPerAttribute=e.meshPerAttribute,this}toJSON(){let e=super.toJSON();return e.meshPerAttribute=this.meshPerAttribute,e.isInstancedBufferAttribute=!0,e}},Di=new Qe,fh=new Qe,Nr=[],ph=new _n,Cf=new Qe,gs=new bt,ys=new Sn,Is=class extends bt{constructor(e,t,n){super(e,t),this.isInstancedMesh=!0,this.instanceMatrix=new Ps(new Float32Array(n*16),16),this.instanceColor=null,this.morphTexture=null,this.count=n,this.boundingBox=null,this.boundingSphere=null;for(let s=0;s<n;s++)this.setMatrixAt(s,Cf)}computeBoundingBox(){let e=this.geometry,t=this.count;this.boundingBox===null&&(this.boundingBox=new _n),e.boundingBox===null&&e.computeBoundingBox(),this.boundingBox.makeEmpty();for(let n=0;n<t;n++)this.getMatrixAt(n,Di),ph.copy(e.boundingBox).applyMatrix4(Di),this.boundingBox.union(ph)}computeBoundingSphere(){let e=this.geometry,t=this.count;this.boundingSphere===null&&(this.boundingSphere=new Sn),e.boundingSphere===null&&e.computeBoundingSphere(),this.boundingSphere.makeEmpty();for(let n=0;n<t;n++)this.getMatrixAt(n,Di),ys.copy(e.boundingSphere).applyMatrix4(Di),this.boundingSphere.union(ys)}copy(e,t){return super.copy(e,t),this.instanceMatrix.copy(e.instanceMatrix),this.morphTexture=e.morphTexture!==null?e.morphTexture.clone():null,this.instanceColor=e.instanceColor!==null?e.instanceColor.clone():null,this.count=e.count,this.boundingBox=e.boundingBox!==null?e.boundingBox.clone():null,this.boundingSphere=e.boundingSphere!==null?e.boundingSphere.clone():null,this}getColorAt(e,t){return this.instanceColor===null?t.setRGB(1,1,1):t.fromArray(this.instanceColor.array,e*3)}getMatrixAt(e,t){return t.fromArray(this.instanceMatrix.array,e*16)}getMorphAt(e,t){let n=t.morphTargetInfluences,s=this.morphTexture.source.data.data,r=n.length+1,o=e*r+1;for(let a=0;a<n.length;a++)n[a]=s[o+a]}raycast(e,t){let n=this.matrixWorld,s=this.count;if(gs.geometry=this.geometry,gs.material=this.material,gs.material!==void 0&&(this.boundingSphere===null&&this.computeBoundingSphere(),ys.copy(this.boundingSphere),ys.applyMatrix4(n),e.ray.intersectsSphere(ys)!==!1))for(let r=0;r<s;r++){this.getMatrixAt(r,Di),fh.multiplyMatrices(n,Di),gs.matrixWorld=fh,gs.raycast(e,Nr);for(let o=0,a=Nr.length;o<a;o++){let l=Nr[o];l.instanceId=r,l.object=this,t.push(l)}Nr.length=0}}setColorAt(e,t){return this.instanceColor===null&&(this.instanceColor=new Ps(new Float32Array(this.instanceMatrix.count*3).fill(1),3)),t.toArray(this.instanceColor.array,e*3),this}setMatrixAt(e,t){return t.toArray(this.instanceMatrix.array,e*16),this}setMorphAt(e,t){let n=t.morphTargetInfluences,s=n.length+1;this.morphTexture===null&&(this.morphTexture=new Cs(new Float32Array(s*this.count),s,this.count,Eo,rn));let r=this.morphTexture.source.data.data,o=0;for(let c=0;c<n.length;c++)o+=n[c];let a=this.geometry.morphTargetsRelative?1:1-o,l=s*e;return r[l]=a,r.set(n,l+1),this}updateMorphTargets(){}dispose(){super.dispose(),this.instanceMatrix.dispose(),this.instanceColor!==null&&this.instanceColor.dispose(),this.morphTexture!==null&&(this.morphTexture.dispose(),this.morphTexture=null)}},fi=new Sn,Pf=new Te(.5,.5),Fr=new U,jn=class{constructor(e=new Lt,t=new Lt,n=new Lt,s=new Lt,r=new Lt,o=new Lt){this.planes=[e,t,n,s,r,o]}set(e,t,n,s,r,o){let a=this.planes;return a[0].copy(e),a[1].copy(t),a[2].copy(n),a[3].copy(s),a[4].copy(r),a[5].copy(o),this}copy(e){let t=this.planes;for(let n=0;n<6;n++)t[n].copy(e.planes[n]);return this}setFromProjectionMatrix(e,t=nn,n=!1){let s=this.planes,r=e.elements,o=r[0],a=r[1],l=r[2],c=r[3],h=r[4],p=r[5],u=r[6],f=r[7],x=r[8],S=r[9],m=r[10],d=r[11],_=r[12],E=r[13],M=r[14],A=r[15];if(s[0].setComponents(c-o,f-h,d-x,A-_).normalize(),s[1].setComponents(c+o,f+h,d+x,A+_).normalize(),s[2].setComponents(c+a,f+p,d+S,A+E).normalize(),s[3].setComponents(c-a,f-p,d-S,A-E).normalize(),n)s[4].setComponents(l,u,m,M).normalize(),s[5].setComponents(c-l,f-u,d-m,A-M).normalize();else if(s[4].setComponents(c-l,f-u,d-m,A-M).normalize(),t===nn)s[5].setComponents(c+l,f+u,d+m,A+M).normalize();else if(t===zi)s[5].setComponents(l,u,m,M).normalize();else throw new Error("THREE.Frustum.setFromProjectionMatrix(): Invalid coordinate system: "+t);return this}intersectsObject(e){if(e.boundingSphere!==void 0)e.boundingSphere===null&&e.computeBoundingSphere(),fi.copy(e.boundingSphere).applyMatrix4(e.matrixWorld);else{let t=e.geometry;t.boundingSphere===null&&t.computeBoundingSphere(),fi.copy(t.boundingSphere).applyMatrix4(e.matrixWorld)}return this.intersectsSphere(fi)}intersectsSprite(e){fi.center.set(0,0,0);let t=Pf.distanceTo(e.center);return fi.radius=.7071067811865476+t,fi.applyMatrix4(e.matrixWorld),this.intersectsSphere(fi)}intersectsSphere(e){let t=this.planes,n=e.center,s=-e.radius;for(let r=0;r<6;r++)if(t[r].distanceToPoint(n)<s)return!1;return!0}intersectsBox(e){let t=this.planes;for(let n=0;n<6;n++){let s=t[n];if(Fr.x=s.normal.x>0?e.max.x:e.min.x,Fr.y=s.normal.y>0?e.max.y:e.min.y,Fr.z=s.normal.z>0?e.max.z:e.min.z,s.distanceToPoint(Fr)<0)return!1}return!0}containsPoint(e){let t=this.planes;for(let n=0;n<6;n++)if(t[n].distanceToPoint(e)<0)return!1;return!0}clone(){return new this.constructor().copy(this)}},mh=new Qe,to=class i{constructor(){this.coordinateSystem=nn,this._frustums=[],this._count=0}setFromArrayCamera(e){let t=e.cameras,n=this._frustums;for(let s=0;s<t.length;s++){let r=t[s];mh.multiplyMatrices(r.projectionMatrix,r.matrixWorldInverse),n[s]===void 0&&(n[s]=new jn),n[s].setFromProjectionMatrix(mh,r.coordinateSystem,r.reversedDepth)}return this._count=t.length,this}getFrustum(e){return this._frustums[e]}intersectsObject(e){let t=this._frustums;for(let n=0;n<this._count;n++)if(t[n].intersectsObject(e))return!0;return!1}intersectsSprite(e){let t=this._frustums;for(let n=0;n<this._count;n++)if(t[n].intersectsSprite(e))return!0;return!1}intersectsSphere(e){let t=this._frustums;for(let n=0;n<this._count;n++)if(t[n].intersectsSphere(e))return!0;return!1}intersectsBox(e){let t=this._frustums;for(let n=0;n<this._count;n++)if(t[n].intersectsBox(e))return!0;return!1}containsPoint(e){let t=this._frustums;for(let n=0;n<this._count;n++)if(t[n].containsPoint(e))return!0;return!1}copy(e){this.coordinateSystem=e.coordinateSystem;let t=this._frustums,n=e._frustums;for(let s=0;s<e._count;s++)t[s]===void 0&&(t[s]=new jn),t[s].copy(n[s]);return this._count=e._count,this}clone(){return new i().copy(this)}};var Ls=class extends Gt{constructor(e=[],t=_i,n,s,r,o,a,l,c,h){super(e,t,n,s,r,o,a,l,c,h),this.isCubeTexture=!0,this.flipY=!1}get images(){return this.image}set images(e){this.image=e}};var Bn=class extends Gt{constructor(e,t,n=dn,s,r,o,a=St,l=St,c,h=On,p=1){if(h!==On&&h!==zn)throw new Error("THREE.DepthTexture: format must be either THREE.DepthFormat or THREE.DepthStencilFormat");let u={width:e,height:t,depth:p};super(u,s,r,o,a,l,h,n,c),this.isDepthTexture=!0,this.flipY=!1,this.generateMipmaps=!1,this.compareFunction=null}copy(e){return super.copy(e),this.source=new Hi(Object.assign({},e.image)),this.compareFunction=e.compareFunction,this}toJSON(e){let t=super.toJSON(e);return t.compareFunction=this.compareFunction,t}},Us=class extends Bn{constructor(e,t=dn,n=_i,s,r,o=St,a=St,l,c=On){let h={width:e,height:e,depth:1},p=[h,h,h,h,h,h];super(e,e,t,n,s,r,o,a,l,c),this.image=p,this.isCubeDepthTexture=!0,this.isCubeTexture=!0}get images(){return this.image}set images(e){this.image=e}},Ds=class extends Gt{constructor(e=null){super(),this.sourceTexture=e,this.isExternalTexture=!0}copy(e){return super.copy(e),this.sourceTexture=e.sourceTexture,this}},Qn=class i extends Bt{constructor(e=1,t=1,n=1,s=1,r=1,o=1){super(),this.type="BoxGeometry",this.parameters={width:e,height:t,depth:n,widthSegments:s,heightSegments:r,depthSegments:o};let a=this;s=Math.floor(s),r=Math.floor(r),o=Math.floor(o);let l=[],c=[],h=[],p=[],u=0,f=0;x("z","y","x",-1,-1,n,t,e,o,r,0),x("z","y","x",1,-1,n,t,-e,o,r,1),x("x","z","y",1,1,e,n,t,s,o,2),x("x","z","y",1,-1,e,n,-t,s,o,3),x("x","y","z",1,-1,e,t,n,s,r,4),x("x","y","z",-1,-1,e,t,-n,s,r,5),this.setIndex(l),this.setAttribute("position",new rt(c,3)),this.setAttribute("normal",new rt(h,3)),this.setAttribute("uv",new rt(p,2));function x(S,m,d,_,E,M,A,T,g,b,N){let C=M/g,D=A/b,k=M/2,q=A/2,I=T/2,W=g+1,J=b+1,V=0,te=0,H=new U;for(let Q=0;Q<J;Q++){let $=Q*D-q;for(let Se=0;Se<W;Se++){let Ue=Se*C-k;H[S]=Ue*_,H[m]=$*E,H[d]=I,c.push(H.x,H.y,H.z),H[S]=0,H[m]=0,H[d]=T>0?1:-1,h.push(H.x,H.y,H.z),p.push(Se/g),p.push(1-Q/b),V+=1}}for(let Q=0;Q<b;Q++)for(let $=0;$<g;$++){let Se=u+$+W*Q,Ue=u+$+W*(Q+1),Z=u+($+1)+W*(Q+1),pe=u+($+1)+W*Q;l.push(Se,Ue,pe),l.push(Ue,Z,pe),te+=6}a.addGroup(f,te,N),f+=te,u+=V}}copy(e){return super.copy(e),this.parameters=Object.assign({},e.parameters),this}static fromJSON(e){return new i(e.width,e.height,e.depth,e.widthSegments,e.heightSegments,e.depthSegments)}};var Ns=class i extends Bt{constructor(e=1,t=32,n=0,s=Math.PI*2){super(),this.type="CircleGeometry",this.parameters={radius:e,segments:t,thetaStart:n,thetaLength:s},t=Math.max(3,t);let r=[],o=[],a=[],l=[],c=new U,h=new Te;o.push(0,0,0),a.push(0,0,1),l.push(.5,.5);for(let p=0,u=3;p<=t;p++,u+=3){let f=n+p/t*s;c.x=e*Math.cos(f),c.y=e*Math.sin(f),o.push(c.x,c.y,c.z),a.push(0,0,1),h.x=(o[u]/e+1)/2,h.y=(o[u+1]/e+1)/2,l.push(h.x,h.y)}for(let p=1;p<=t;p++)r.push(p,p+1,0);this.setIndex(r),this.setAttribute("position",new rt(o,3)),this.setAttribute("normal",new rt(a,3)),this.setAttribute("uv",new rt(l,2))}copy(e){return super.copy(e),this.parameters=Object.assign({},e.parameters),this}static fromJSON(e){return new i(e.radius,e.segments,e.thetaStart,e.thetaLength)}};var no=class i extends Bt{constructor(e=[],t=[],n=1,s=0){super(),this.type="PolyhedronGeometry",this.parameters={vertices:e,indices:t,radius:n,detail:s};let r=[],o=[];a(s),c(n),h(),this.setAttribute("position",new rt(r,3)),this.setAttribute("normal",new rt(r.slice(),3)),this.setAttribute("uv",new rt(o,2)),s===0?this.computeVertexNormals():this.normalizeNormals();function a(_){let E=new U,M=new U,A=new U;for(let T=0;T<t.length;T+=3)f(t[T+0],E),f(t[T+1],M),f(t[T+2],A),l(E,M,A,_)}function l(_,E,M,A){let T=A+1,g=[];for(let b=0;b<=T;b++){g[b]=[];let N=_.clone().lerp(M,b/T),C=E.clone().lerp(M,b/T),D=T-b;for(let k=0;k<=D;k++)k===0&&b===T?g[b][k]=N:g[b][k]=N.clone().lerp(C,k/D)}for(let b=0;b<T;b++)for(let N=0;N<2*(T-b)-1;N++){let C=Math.floor(N/2);N%2===0?(u(g[b][C+1]),u(g[b+1][C]),u(g[b][C])):(u(g[b][C+1]),u(g[b+1][C+1]),u(g[b+1][C]))}}function c(_){let E=new U;for(let M=0;M<r.length;M+=3)E.x=r[M+0],E.y=r[M+1],E.z=r[M+2],E.normalize().multiplyScalar(_),r[M+0]=E.x,r[M+1]=E.y,r[M+2]=E.z}function h(){let _=new U;for(let E=0;E<r.length;E+=3){_.x=r[E+0],_.y=r[E+1],_.z=r[E+2];let M=m(_)/2/Math.PI+.5,A=d(_)/Math.PI+.5;o.push(M,1-A)}x(),p()}function p(){for(let _=0;_<o.length;_+=6){let E=o[_+0],M=o[_+2],A=o[_+4],T=Math.max(E,M,A),g=Math.min(E,M,A);T>.9&&g<.1&&(E<.2&&(o[_+0]+=1),M<.2&&(o[_+2]+=1),A<.2&&(o[_+4]+=1))}}function u(_){r.push(_.x,_.y,_.z)}function f(_,E){let M=_*3;E.x=e[M+0],E.y=e[M+1],E.z=e[M+2]}function x(){let _=new U,E=new U,M=new U,A=new U,T=new Te,g=new Te,b=new Te;for(let N=0,C=0;N<r.length;N+=9,C+=6){_.set(r[N+0],r[N+1],r[N+2]),E.set(r[N+3],r[N+4],r[N+5]),M.set(r[N+6],r[N+7],r[N+8]),T.set(o[C+0],o[C+1]),g.set(o[C+2],o[C+3]),b.set(o[C+4],o[C+5]),A.copy(_).add(E).add(M).divideScalar(3);let D=m(A);S(T,C+0,_,D),S(g,C+2,E,D),S(b,C+4,M,D)}}function S(_,E,M,A){A<0&&_.x===1&&(o[E]=_.x-1),M.x===0&&M.z===0&&(o[E]=A/2/Math.PI+.5)}function m(_){return Math.atan2(_.z,-_.x)}function d(_){return Math.atan2(-_.y,Math.sqrt(_.x*_.x+_.z*_.z))}}copy(e){return super.copy(e),this.parameters=Object.assign({},e.parameters),this}static fromJSON(e){return new i(e.vertices,e.indices,e.radius,e.detail)}};var Fs=class i extends no{constructor(e=1,t=0){let n=(1+Math.sqrt(5))/2,s=[-1,n,0,1,n,0,-1,-n,0,1,-n,0,0,-1,n,0,1,n,0,-1,-n,0,1,-n,n,0,-1,n,0,1,-n,0,-1,-n,0,1],r=[0,11,5,0,5,1,0,1,7,0,7,10,0,10,11,1,5,9,5,11,4,11,10,2,10,7,6,7,1,8,3,9,4,3,4,2,3,2,6,3,6,8,3,8,9,4,9,5,2,4,11,6,2,10,8,6,7,9,8,1];super(s,r,e,t),this.type="IcosahedronGeometry",this.parameters={radius:e,detail:t}}static fromJSON(e){return new i(e.radius,e.detail)}};var Os=class i extends Bt{constructor(e=1,t=1,n=1,s=1){super(),this.type="PlaneGeometry",this.parameters={width:e,height:t,widthSegments:n,heightSegments:s};let r=e/2,o=t/2,a=Math.floor(n),l=Math.floor(s),c=a+1,h=l+1,p=e/a,u=t/l,f=[],x=[],S=[],m=[];for(let d=0;d<h;d++){let _=d*u-o;for(let E=0;E<c;E++){let M=E*p-r;x.push(M,-_,0),S.push(0,0,1),m.push(E/a),m.push(1-d/l)}}for(let d=0;d<l;d++)for(let _=0;_<a;_++){let E=_+c*d,M=_+c*(d+1),A=_+1+c*(d+1),T=_+1+c*d;f.push(E,M,T),f.push(M,A,T)}this.setIndex(f),this.setAttribute("position",new rt(x,3)),this.setAttribute("normal",new rt(S,3)),this.setAttribute("uv",new rt(m,2))}copy(e){return super.copy(e),this.parameters=Object.assign({},e.parameters),this}static fromJSON(e){return new i(e.width,e.height,e.widthSegments,e.heightSegments)}};var Yi=class i extends Bt{constructor(e=1,t=32,n=16,s=0,r=Math.PI*2,o=0,a=Math.PI){super(),this.type="SphereGeometry",this.parameters={radius:e,widthSegments:t,heightSegments:n,phiStart:s,phiLength:r,thetaStart:o,thetaLength:a},t=Math.max(3,Math.floor(t)),n=Math.max(2,Math.floor(n));let l=Math.min(o+a,Math.PI),c=0,h=[],p=new U,u=new U,f=[],x=[],S=[],m=[];for(let d=0;d<=n;d++){let _=[],E=d/n,M=o+E*a,A=e*Math.cos(M),T=Math.sqrt(e*e-A*A),g=0;d===0&&o===0?g=.5/t:d===n&&l===Math.PI&&(g=-.5/t);for(let b=0;b<=t;b++){let N=b/t,C=s+N*r;p.x=-T*Math.cos(C),p.y=A,p.z=T*Math.sin(C),x.push(p.x,p.y,p.z),u.copy(p).normalize(),S.push(u.x,u.y,u.z),m.push(N+g,1-E),_.push(c++)}h.push(_)}for(let d=0;d<n;d++)for(let _=0;_<t;_++){let E=h[d][_+1],M=h[d][_],A=h[d+1][_],T=h[d+1][_+1];(d!==0||o>0)&&f.push(E,M,T),(d!==n-1||l<Math.PI)&&f.push(M,A,T)}this.setIndex(f),this.setAttribute("position",new rt(x,3)),this.setAttribute("normal",new rt(S,3)),this.setAttribute("uv",new rt(m,2))}copy(e){return super.copy(e),this.parameters=Object.assign({},e.parameters),this}static fromJSON(e){return new i(e.radius,e.widthSegments,e.heightSegments,e.phiStart,e.phiLength,e.thetaStart,e.thetaLength)}};var Zi=class i extends Bt{constructor(e=1,t=.4,n=12,s=48,r=Math.PI*2,o=0,a=Math.PI*2){super(),this.type="TorusGeometry",this.parameters={radius:e,tube:t,radialSegments:n,tubularSegments:s,arc:r,thetaStart:o,thetaLength:a},n=Math.floor(n),s=Math.floor(s);let l=[],c=[],h=[],p=[],u=new U,f=new U,x=new U;for(let S=0;S<=n;S++){let m=o+S/n*a;for(let d=0;d<=s;d++){let _=d/s*r;f.x=(e+t*Math.cos(m))*Math.cos(_),f.y=(e+t*Math.cos(m))*Math.sin(_),f.z=t*Math.sin(m),c.push(f.x,f.y,f.z),u.x=e*Math.cos(_),u.y=e*Math.sin(_),x.subVectors(f,u).normalize(),h.push(x.x,x.y,x.z),p.push(d/s),p.push(S/n)}}for(let S=1;S<=n;S++)for(let m=1;m<=s;m++){let d=(s+1)*S+m-1,_=(s+1)*(S-1)+m-1,E=(s+1)*(S-1)+m,M=(s+1)*S+m;l.push(d,_,M),l.push(_,E,M)}this.setIndex(l),this.setAttribute("position",new rt(c,3)),this.setAttribute("normal",new rt(h,3)),this.setAttribute("uv",new rt(p,2))}copy(e){return super.copy(e),this.parameters=Object.assign({},e.parameters),this}static fromJSON(e){return new i(e.radius,e.tube,e.radialSegments,e.tubularSegments,e.arc,e.thetaStart,e.thetaLength)}};var Bs=class extends bn{constructor(e){super(),this.isShadowMaterial=!0,this.type="ShadowMaterial",this.color=new Fe(0),this.transparent=!0,this.fog=!0,this.setValues(e)}copy(e){return super.copy(e),this.color.copy(e.color),this.fog=e.fog,this}};function bi(i){let e={};for(let t in i){e[t]={};for(let n in i[t]){let s=i[t][n];if(gh(s))s.isRenderTargetTexture?(Re("UniformsUtils: Textures of render targets cannot be cloned via cloneUniforms() or mergeUniforms()."),e[t][n]=null):e[t][n]=s.clone();else if(Array.isArray(s))if(gh(s[0])){let r=[];for(let o=0,a=s.length;o<a;o++)r[o]=s[o].clone();e[t][n]=r}else e[t][n]=s.slice();else e[t][n]=s}}return e}function Dt(i){let e={};for(let t=0;t<i.length;t++){let n=bi(i[t]);for(let s in n)e[s]=n[s]}return e}function gh(i){return i&&(i.isColor||i.isMatrix3||i.isMatrix4||i.isVector2||i.isVector3||i.isVector4||i.isTexture||i.isQuaternion)}function If(i){let e=[];for(let t=0;t<i.length;t++)e.push(i[t].clone());return e}function Ql(i){let e=i.getRenderTarget();return e===null?i.outputColorSpace:e.isXRRenderTarget===!0?e.texture.colorSpace:We.workingColorSpace}var uu={clone:bi,merge:Dt},Lf=`void main() {
	gl_Position = projectionMatrix * modelViewMatrix * vec4( position, 1.0 );
}`,Uf=`void main() {
	gl_FragColor = vec4( 1.0, 0.0, 0.0, 1.0 );
}`,sn=class extends bn{constructor(e){super(),this.isShaderMaterial=!0,this.type="ShaderMaterial",this.defines={},this.uniforms={},this.uniformsGroups=[],this.vertexShader=Lf,this.fragmentShader=Uf,this.linewidth=1,this.wireframe=!1,this.wireframeLinewidth=1,this.fog=!1,this.lights=!1,this.clipping=!1,this.forceSinglePass=!0,this.extensions={clipCullDistance:!1,multiDraw:!1},this.defaultAttributeValues={color:[1,1,1],uv:[0,0],uv1:[0,0]},this.index0AttributeName=void 0,this.uniformsNeedUpdate=!1,this.glslVersion=null,e!==void 0&&this.setValues(e)}copy(e){return super.copy(e),this.fragmentShader=e.fragmentShader,this.vertexShader=e.vertexShader,this.uniforms=bi(e.uniforms),this.uniformsGroups=If(e.uniformsGroups),this.defines=Object.assign({},e.defines),this.wireframe=e.wireframe,this.wireframeLinewidth=e.wireframeLinewidth,this.fog=e.fog,this.lights=e.lights,this.clipping=e.clipping,this.extensions=Object.assign({},e.extensions),this.glslVersion=e.glslVersion,this.defaultAttributeValues=Object.assign({},e.defaultAttributeValues),this.index0AttributeName=e.index0AttributeName,this.uniformsNeedUpdate=e.uniformsNeedUpdate,this}toJSON(e){let t=super.toJSON(e);t.glslVersion=this.glslVersion,t.uniforms={};for(let s in this.uniforms){let o=this.uniforms[s].value;o&&o.isTexture?t.uniforms[s]={type:"t",value:o.toJSON(e).uuid}:o&&o.isColor?t.uniforms[s]={type:"c",value:o.getHex()}:o&&o.isVector2?t.uniforms[s]={type:"v2",value:o.toArray()}:o&&o.isVector3?t.uniforms[s]={type:"v3",value:o.toArray()}:o&&o.isVector4?t.uniforms[s]={type:"v4",value:o.toArray()}:o&&o.isMatrix3?t.uniforms[s]={type:"m3",value:o.toArray()}:o&&o.isMatrix4?t.uniforms[s]={type:"m4",value:o.toArray()}:t.uniforms[s]={value:o}}Object.keys(this.defines).length>0&&(t.defines=this.defines),t.vertexShader=this.vertexShader,t.fragmentShader=this.fragmentShader,t.lights=this.lights,t.clipping=this.clipping;let n={};for(let s in this.extensions)this.extensions[s]===!0&&(n[s]=!0);return Object.keys(n).length>0&&(t.extensions=n),t}fromJSON(e,t){if(super.fromJSON(e,t),e.uniforms!==void 0)for(let n in e.uniforms){let s=e.uniforms[n];switch(this.uniforms[n]={},s.type){case"t":this.uniforms[n].value=t[s.value]||null;break;case"c":this.uniforms[n].value=new Fe().setHex(s.value);break;case"v2":this.uniforms[n].value=new Te().fromArray(s.value);break;case"v3":this.uniforms[n].value=new U().fromArray(s.value);break;case"v4":this.uniforms[n].value=new ot().fromArray(s.value);break;case"m3":this.uniforms[n].value=new Ie().fromArray(s.value);break;case"m4":this.uniforms[n].value=new Qe().fromArray(s.value);break;default:this.uniforms[n].value=s.value}}if(e.defines!==void 0&&(this.defines=e.defines),e.vertexShader!==void 0&&(this.vertexShader=e.vertexShader),e.fragmentShader!==void 0&&(this.fragmentShader=e.fragmentShader),e.glslVersion!==void 0&&(this.glslVersion=e.glslVersion),e.extensions!==void 0)for(let n in e.extensions)this.extensions[n]=e.extensions[n];return e.lights!==void 0&&(this.lights=e.lights),e.clipping!==void 0&&(this.clipping=e.clipping),this}},io=class extends sn{constructor(e){super(e),this.isRawShaderMaterial=!0,this.type="RawShaderMaterial"}},mi=class extends bn{constructor(e){super(),this.isMeshStandardMaterial=!0,this.type="MeshStandardMaterial",this.defines={STANDARD:""},this.color=new Fe(16777215),this.roughness=1,this.metalness=0,this.map=null,this.lightMap=null,this.lightMapIntensity=1,this.aoMap=null,this.aoMapIntensity=1,this.emissive=new Fe(0),this.emissiveIntensity=1,this.emissiveMap=null,this.bumpMap=null,this.bumpScale=1,this.normalMap=null,this.normalMapType=er,this.normalScale=new Te(1,1),this.displacementMap=null,this.displacementScale=1,this.displacementBias=0,this.roughnessMap=null,this.metalnessMap=null,this.alphaMap=null,this.envMap=null,this.envMapRotation=new vn,this.envMapIntensity=1,this.wireframe=!1,this.wireframeLinewidth=1,this.wireframeLinecap="round",this.wireframeLinejoin="round",this.flatShading=!1,this.fog=!0,this.setValues(e)}copy(e){return super.copy(e),this.defines={STANDARD:""},this.color.copy(e.color),this.roughness=e.roughness,this.metalness=e.metalness,this.map=e.map,this.lightMap=e.lightMap,this.lightMapIntensity=e.lightMapIntensity,this.aoMap=e.aoMap,this.aoMapIntensity=e.aoMapIntensity,this.emissive.copy(e.emissive),this.emissiveMap=e.emissiveMap,this.emissiveIntensity=e.emissiveIntensity,this.bumpMap=e.bumpMap,this.bumpScale=e.bumpScale,this.normalMap=e.normalMap,this.normalMapType=e.normalMapType,this.normalScale.copy(e.normalScale),this.displacementMap=e.displacementMap,this.displacementScale=e.displacementScale,this.displacementBias=e.displacementBias,this.roughnessMap=e.roughnessMap,this.metalnessMap=e.metalnessMap,this.alphaMap=e.alphaMap,this.envMap=e.envMap,this.envMapRotation.copy(e.envMapRotation),this.envMapIntensity=e.envMapIntensity,this.wireframe=e.wireframe,this.wireframeLinewidth=e.wireframeLinewidth,this.wireframeLinecap=e.wireframeLinecap,this.wireframeLinejoin=e.wireframeLinejoin,this.flatShading=e.flatShading,this.fog=e.fog,this}};var ks=class extends bn{constructor(e){super(),this.isMeshLambertMaterial=!0,this.type="MeshLambertMaterial",this.color=new Fe(16777215),this.map=null,this.lightMap=null,this.lightMapIntensity=1,this.aoMap=null,this.aoMapIntensity=1,this.emissive=new Fe(0),this.emissiveIntensity=1,this.emissiveMap=null,this.bumpMap=null,this.bumpScale=1,this.normalMap=null,this.normalMapType=er,this.normalScale=new Te(1,1),this.displacementMap=null,this.displacementScale=1,this.displacementBias=0,this.specularMap=null,this.alphaMap=null,this.envMap=null,this.envMapRotation=new vn,this.combine=vo,this.reflectivity=1,this.envMapIntensity=1,this.refractionRatio=.98,this.wireframe=!1,this.wireframeLinewidth=1,this.wireframeLinecap="round",this.wireframeLinejoin="round",this.flatShading=!1,this.fog=!0,this.setValues(e)}copy(e){return super.copy(e),this.color.copy(e.color),this.map=e.map,this.lightMap=e.lightMap,this.lightMapIntensity=e.lightMapIntensity,this.aoMap=e.aoMap,this.aoMapIntensity=e.aoMapIntensity,this.emissive.copy(e.emissive),this.emissiveMap=e.emissiveMap,this.emissiveIntensity=e.emissiveIntensity,this.bumpMap=e.bumpMap,this.bumpScale=e.bumpScale,this.normalMap=e.normalMap,this.normalMapType=e.normalMapType,this.normalScale.copy(e.normalScale),this.displacementMap=e.displacementMap,this.displacementScale=e.displacementScale,this.displacementBias=e.displacementBias,this.specularMap=e.specularMap,this.alphaMap=e.alphaMap,this.envMap=e.envMap,this.envMapRotation.copy(e.envMapRotation),this.combine=e.combine,this.reflectivity=e.reflectivity,this.envMapIntensity=e.envMapIntensity,this.refractionRatio=e.refractionRatio,this.wireframe=e.wireframe,this.wireframeLinewidth=e.wireframeLinewidth,this.wireframeLinecap=e.wireframeLinecap,this.wireframeLinejoin=e.wireframeLinejoin,this.flatShading=e.flatShading,this.fog=e.fog,this}},so=class extends bn{constructor(e){super(),this.isMeshDepthMaterial=!0,this.type="MeshDepthMaterial",this.depthPacking=Kh,this.map=null,this.alphaMap=null,this.displacementMap=null,this.displacementScale=1,this.displacementBias=0,this.wireframe=!1,this.wireframeLinewidth=1,this.setValues(e)}copy(e){return super.copy(e),this.depthPacking=e.depthPacking,this.map=e.map,this.alphaMap=e.alphaMap,this.displacementMap=e.displacementMap,this.displacementScale=e.displacementScale,this.displacementBias=e.displacementBias,this.wireframe=e.wireframe,this.wireframeLinewidth=e.wireframeLinewidth,this}},ro=class extends bn{constructor(e){super(),this.isMeshDistanceMaterial=!0,this.type="MeshDistanceMaterial",this.map=null,this.alphaMap=null,this.displacementMap=null,this.displacementScale=1,this.displacementBias=0,this.setValues(e)}copy(e){return super.copy(e),this.map=e.map,this.alphaMap=e.alphaMap,this.displacementMap=e.displacementMap,this.displacementScale=e.displacementScale,this.displacementBias=e.displacementBias,this}};function Ni(i,e){return!i||i.constructor===e?i:typeof e.BYTES_PER_ELEMENT=="number"?new e(i):Array.prototype.slice.call(i)}function Or(i){return i!==void 0&&i.inTangents!==void 0&&i.outTangents!==void 0}var $n=class{constructor(e,t,n,s){this.parameterPositions=e,this._cachedIndex=0,this.resultBuffer=s!==void 0?s:new t.constructor(n),this.sampleValues=t,this.valueSize=n,this.settings=null,this.DefaultSettings_={}}evaluate(e){let t=this.parameterPositions,n=this._cachedIndex,s=t[n],r=t[n-1];n:{e:{let o;t:{i:if(!(e<s)){for(let a=n+2;;){if(s===void 0){if(e<r)break i;return n=t.length,this._cachedIndex=n,this.copySampleValue_(n-1)}if(n===a)break;if(r=s,s=t[++n],e<s)break e}o=t.length;break t}if(!(e>=r)){let a=t[1];e<a&&(n=2,r=a);for(let l=n-2;;){if(r===void 0)return this._cachedIndex=0,this.copySampleValue_(0);if(n===l)break;if(s=r,r=t[--n-1],e>=r)break e}o=n,n=0;break t}break n}for(;n<o;){let a=n+o>>>1;e<t[a]?o=a:n=a+1}if(s=t[n],r=t[n-1],r===void 0)return this._cachedIndex=0,this.copySampleValue_(0);if(s===void 0)return n=t.length,this._cachedIndex=n,this.copySampleValue_(n-1)}this._cachedIndex=n,this.intervalChanged_(n,r,s)}return this.interpolate_(n,r,e,s)}getSettings_(){return this.settings||this.DefaultSettings_}copySampleValue_(e){let t=this.resultBuffer,n=this.sampleValues,s=this.valueSize,r=e*s;for(let o=0;o!==s;++o)t[o]=n[r+o];return t}interpolate_(){throw new Error("THREE.Interpolant: Call to abstract method.")}intervalChanged_(){}},oo=class extends $n{constructor(e,t,n,s){super(e,t,n,s),this._weightPrev=-0,this._offsetPrev=-0,this._weightNext=-0,this._offsetNext=-0,this.DefaultSettings_={endingStart:gl,endingEnd:gl}}intervalChanged_(e,t,n){let s=this.parameterPositions,r=e-2,o=e+1,a=s[r],l=s[o];if(a===void 0)switch(this.getSettings_().endingStart){case yl:r=e,a=2*t-n;break;case xl:r=s.length-2,a=t+s[r]-s[r+1];break;default:r=e,a=n}if(l===void 0)switch(this.getSettings_().endingEnd){case yl:o=e,l=2*n-t;break;case xl:o=1,l=n+s[1]-s[0];break;default:o=e-1,l=t}let c=(n-t)*.5,h=this.valueSize;this._weightPrev=c/(t-a),this._weightNext=c/(l-n),this._offsetPrev=r*h,this._offsetNext=o*h}interpolate_(e,t,n,s){let r=this.resultBuffer,o=this.sampleValues,a=this.valueSize,l=e*a,c=l-a,h=this._offsetPrev,p=this._offsetNext,u=this._weightPrev,f=this._weightNext,x=(n-t)/(s-t),S=x*x,m=S*x,d=-u*m+2*u*S-u*x,_=(1+u)*m+(-1.5-2*u)*S+(-.5+u)*x+1,E=(-1-f)*m+(1.5+f)*S+.5*x,M=f*m-f*S;for(let A=0;A!==a;++A)r[A]=d*o[h+A]+_*o[c+A]+E*o[l+A]+M*o[p+A];return r}},ao=class extends $n{constructor(e,t,n,s){super(e,t,n,s)}interpolate_(e,t,n,s){let r=this.resultBuffer,o=this.sampleValues,a=this.valueSize,l=e*a,c=l-a,h=(n-t)/(s-t),p=1-h;for(let u=0;u!==a;++u)r[u]=o[c+u]*p+o[l+u]*h;return r}},lo=class extends $n{constructor(e,t,n,s){super(e,t,n,s)}interpolate_(e){return this.copySampleValue_(e-1)}},co=class extends $n{interpolate_(e,t,n,s){let r=this.resultBuffer,o=this.sampleValues,a=this.valueSize,l=e*a,c=l-a,h=this.inTangents,p=this.outTangents;if(!h||!p){let x=(n-t)/(s-t),S=1-x;for(let m=0;m!==a;++m)r[m]=o[c+m]*S+o[l+m]*x;return r}let u=a*2,f=e-1;for(let x=0;x!==a;++x){let S=o[c+x],m=o[l+x],d=f*u+x*2,_=p[d],E=p[d+1],M=e*u+x*2,A=h[M],T=h[M+1],g=Nf(n,t,_,A,s);r[x]=du(g,S,E,T,m)}return r}};function du(i,e,t,n,s){let r=1-i;return r*r*r*e+3*r*r*i*t+3*r*i*i*n+i*i*i*s}function Df(i,e,t,n,s){let r=1-i;return 3*r*r*(t-e)+6*r*i*(n-t)+3*i*i*(s-n)}function Nf(i,e,t,n,s){let r=(i-e)/(s-e);for(let o=0;o<8;o++){let a=du(r,e,t,n,s)-i;if(Math.abs(a)<1e-10)break;let l=Df(r,e,t,n,s);if(Math.abs(l)<1e-10)break;r=Math.max(0,Math.min(1,r-a/l))}return r}var Jt=class{constructor(e,t,n,s){if(e===void 0)throw new Error("THREE.KeyframeTrack: track name is undefined");if(t===void 0||t.length===0)throw new Error("THREE.KeyframeTrack: no keyframes in track named "+e);this.name=e,this.times=Ni(t,this.TimeBufferType),this.values=Ni(n,this.ValueBufferType),this.setInterpolation(s||this.DefaultInterpolation)}static toJSON(e){let t=e.constructor,n;if(t.toJSON!==this.toJSON)n=t.toJSON(e);else{n={name:e.name,times:Ni(e.times,Array),values:Ni(e.values,Array)};let s=e.getInterpolation();s!==e.DefaultInterpolation&&(n.interpolation=s),Or(e.settings)&&(n.settings={inTangents:Ni(e.settings.inTangents,Array),outTangents:Ni(e.settings.outTangents,Array)})}return n.type=e.ValueTypeName,n}InterpolantFactoryMethodDiscrete(e){return new lo(this.times,this.values,this.getValueSize(),e)}InterpolantFactoryMethodLinear(e){return new ao(this.times,this.values,this.getValueSize(),e)}InterpolantFactoryMethodSmooth(e){return new oo(this.times,this.values,this.getValueSize(),e)}InterpolantFactoryMethodBezier(e){let t=new co(this.times,this.values,this.getValueSize(),e);return this.settings&&(t.inTangents=this.settings.inTangents,t.outTangents=this.settings.outTangents),t}setInterpolation(e){let t;switch(e){case Ss:t=this.InterpolantFactoryMethodDiscrete;break;case jr:t=this.InterpolantFactoryMethodLinear;break;case zr:t=this.InterpolantFactoryMethodSmooth;break;case ml:t=this.InterpolantFactoryMethodBezier;break}if(t===void 0){let n="unsupported interpolation for "+this.ValueTypeName+" keyframe track named "+this.name;if(this.createInterpolant===void 0)if(e!==this.DefaultInterpolation)this.setInterpolation(this.DefaultInterpolation);else throw new Error(n);return Re("KeyframeTrack:",n),this}return this.createInterpolant=t,this}getInterpolation(){switch(this.createInterpolant){case this.InterpolantFactoryMethodDiscrete:return Ss;case this.InterpolantFactoryMethodLinear:return jr;case this.InterpolantFactoryMethodSmooth:return zr;case this.InterpolantFactoryMethodBezier:return ml}}getValueSize(){return this.values.length/this.times.length}shift(e){if(e!==0){let t=this.times;for(let n=0,s=t.length;n!==s;++n)t[n]+=e;Or(this.settings)&&(yh(this.settings.inTangents,e),yh(this.settings.outTangents,e))}return this}scale(e){if(e!==1){let t=this.times;for(let n=0,s=t.length;n!==s;++n)t[n]*=e;Or(this.settings)&&(xh(this.settings.inTangents,e),xh(this.settings.outTangents,e))}return this}trim(e,t){let n=this.times,s=n.length,r=0,o=s-1;for(;r!==s&&n[r]<e;)++r;for(;o!==-1&&n[o]>t;)--o;if(++o,r!==0||o!==s){r>=o&&(o=Math.max(o,1),r=o-1);let a=this.getValueSize();this.times=n.slice(r,o),this.values=this.values.slice(r*a,o*a)}return this}validate(){let e=!0,t=this.getValueSize();t-Math.floor(t)!==0&&(Pe("KeyframeTrack: Invalid value size in track.",this),e=!1);let n=this.times,s=this.values,r=n.length;r===0&&(Pe("KeyframeTrack: Track is empty.",this),e=!1);let o=null;for(let a=0;a!==r;a++){let l=n[a];if(typeof l=="number"&&isNaN(l)){Pe("KeyframeTrack: Time is not a valid number.",this,a,l),e=!1;break}if(o!==null&&o>l){Pe("KeyframeTrack: Out of order keys.",this,a,l,o),e=!1;break}o=l}if(s!==void 0&&Kd(s))for(let a=0,l=s.length;a!==l;++a){let c=s[a];if(isNaN(c)){Pe("KeyframeTrack: Value is not a valid number.",this,a,c),e=!1;break}}return e}optimize(){let e=this.times.slice(),t=this.values.slice(),n=this.getValueSize(),s=this.getInterpolation()===zr,r=e.length-1,o=1;for(let a=1;a<r;++a){let l=!1,c=e[a],h=e[a+1];if(c!==h&&(a!==1||c!==e[0]))if(s)l=!0;else{let p=a*n,u=p-n,f=p+n;for(let x=0;x!==n;++x){let S=t[p+x];if(S!==t[u+x]||S!==t[f+x]){l=!0;break}}}if(l){if(a!==o){e[o]=e[a];let p=a*n,u=o*n;for(let f=0;f!==n;++f)t[u+f]=t[p+f]}++o}}if(r>0){e[o]=e[r];for(let a=r*n,l=o*n,c=0;c!==n;++c)t[l+c]=t[a+c];++o}return o!==e.length?(this.times=e.slice(0,o),this.values=t.slice(0,o*n)):(this.times=e,this.values=t),this}clone(){let e=this.times.slice(),t=this.values.slice(),n=this.constructor,s=new n(this.name,e,t);return s.createInterpolant=this.createInterpolant,Or(this.settings)&&(s.settings={inTangents:this.settings.inTangents.slice(),outTangents:this.settings.outTangents.slice()}),s}};function yh(i,e){for(let t=0,n=i.length;t!==n;t+=2)i[t]+=e}function xh(i,e){for(let t=0,n=i.length;t!==n;t+=2)i[t]*=e}Jt.prototype.ValueTypeName="";Jt.prototype.TimeBufferType=Float32Array;Jt.prototype.ValueBufferType=Float32Array;Jt.prototype.DefaultInterpolation=jr;var ei=class extends Jt{constructor(e,t,n){super(e,t,n)}};ei.prototype.ValueTypeName="bool";ei.prototype.ValueBufferType=Array;ei.prototype.DefaultInterpolation=Ss;ei.prototype.InterpolantFactoryMethodLinear=void 0;ei.prototype.InterpolantFactoryMethodSmooth=void 0;var ho=class extends Jt{constructor(e,t,n,s){super(e,t,n,s)}};ho.prototype.ValueTypeName="color";var uo=class extends Jt{constructor(e,t,n,s){super(e,t,n,s)}};uo.prototype.ValueTypeName="number";var fo=class extends $n{constructor(e,t,n,s){super(e,t,n,s)}interpolate_(e,t,n,s){let r=this.resultBuffer,o=this.sampleValues,a=this.valueSize,l=(n-t)/(s-t),c=e*a;for(let h=c+a;c!==h;c+=4)Zt.slerpFlat(r,0,o,c-a,o,c,l);return r}},zs=class extends Jt{constructor(e,t,n,s){super(e,t,n,s)}InterpolantFactoryMethodLinear(e){return new fo(this.times,this.values,this.getValueSize(),e)}};zs.prototype.ValueTypeName="quaternion";zs.prototype.InterpolantFactoryMethodSmooth=void 0;var ti=class extends Jt{constructor(e,t,n){super(e,t,n)}};ti.prototype.ValueTypeName="string";ti.prototype.ValueBufferType=Array;ti.prototype.DefaultInterpolation=Ss;ti.prototype.InterpolantFactoryMethodLinear=void 0;ti.prototype.InterpolantFactoryMethodSmooth=void 0;var po=class extends Jt{constructor(e,t,n,s){super(e,t,n,s)}};po.prototype.ValueTypeName="vector";var mo=class{constructor(e,t,n){let s=this,r=!1,o=0,a=0,l,c=[];this.onStart=void 0,this.onLoad=e,this.onProgress=t,this.onError=n,this._abortController=null,this.itemStart=function(h){a++,r===!1&&s.onStart!==void 0&&s.onStart(h,o,a),r=!0},this.itemEnd=function(h){o++,s.onProgress!==void 0&&s.onProgress(h,o,a),o===a&&(r=!1,s.onLoad!==void 0&&s.onLoad())},this.itemError=function(h){s.onError!==void 0&&s.onError(h)},this.resolveURL=function(h){return h=h.normalize("NFC"),l?l(h):h},this.setURLModifier=function(h){return l=h,this},this.addHandler=function(h,p){return c.push(h,p),this},this.removeHandler=function(h){let p=c.indexOf(h);return p!==-1&&c.splice(p,2),this},this.getHandler=function(h){for(let p=0,u=c.length;p<u;p+=2){let f=c[p],x=c[p+1];if(f.global&&(f.lastIndex=0),f.test(h))return x}return null},this.abort=function(){return this.abortController.abort(),this._abortController=null,this}}get abortController(){return this._abortController||(this._abortController=new AbortController),this._abortController}},fu=new mo,go=class{constructor(e){this.manager=e!==void 0?e:fu,this.crossOrigin="anonymous",this.withCredentials=!1,this.path="",this.resourcePath="",this.requestHeader={},this.priority="auto",this.cache="default",typeof __THREE_DEVTOOLS__<"u"&&__THREE_DEVTOOLS__.dispatchEvent(new CustomEvent("observe",{detail:this}))}load(){}loadAsync(e,t){let n=this;return new Promise(function(s,r){n.load(e,s,t,r)})}parse(){}setCrossOrigin(e){return this.crossOrigin=e,this}setWithCredentials(e){return this.withCredentials=e,this}setPath(e){return this.path=e,this}setResourcePath(e){return this.resourcePath=e,this}setRequestHeader(e){return this.requestHeader=e,this}setPriority(e){return this.priority=e,this}setCache(e){return this.cache=e,this}abort(){return this}};go.DEFAULT_MATERIAL_NAME="__DEFAULT";var Vs=class extends Ut{static registerNode(e){this.prototype._lightNode=e}constructor(e,t=1){super(),this.isLight=!0,this.type="Light",this.color=new Fe(e),this.intensity=t}copy(e,t){return super.copy(e,t),this.color.copy(e.color),this.intensity=e.intensity,this}toJSON(e){let t=super.toJSON(e);return t.object.color=this.color.getHex(),t.object.intensity=this.intensity,t}},Gs=class extends Vs{constructor(e,t,n){super(e,n),this.isHemisphereLight=!0,this.type="HemisphereLight",this.position.copy(Ut.DEFAULT_UP),this.updateMatrix(),this.groundColor=new Fe(t)}copy(e,t){return super.copy(e,t),this.groundColor.copy(e.groundColor),this}toJSON(e){let t=super.toJSON(e);return t.object.groundColor=this.groundColor.getHex(),t}},pl=new Qe,vh=new U,_h=new U,yo=class{constructor(e){this.camera=e,this.intensity=1,this.bias=0,this.biasNode=null,this.normalBias=0,this.radius=1,this.blurSamples=8,this.mapSize=new Te(512,512),this.mapType=Ht,this.map=null,this.mapPass=null,this.matrix=new Qe,this.autoUpdate=!0,this.needsUpdate=!1,this._frustum=new jn,this._frameExtents=new Te(1,1),this._viewportCount=1,this._viewports=[new ot(0,0,1,1)]}getViewportCount(){return this._viewportCount}getCamera(){return this.camera}getFrustum(){return this._frustum}updateMatrices(e){let t=this.camera;vh.setFromMatrixPosition(e.matrixWorld),t.position.copy(vh),_h.setFromMatrixPosition(e.target.matrixWorld),t.lookAt(_h),t.updateMatrixWorld(),this._updateMatrix(t,this.matrix,this._frustum)}_updateMatrix(e,t,n,s){pl.multiplyMatrices(e.projectionMatrix,e.matrixWorldInverse),n.setFromProjectionMatrix(pl,e.coordinateSystem,e.reversedDepth);let r=this._frameExtents,o=s?s.z/r.x:1,a=s?s.w/r.y:1,l=s?s.x/r.x:0,c=s?s.y/r.y:0;e.coordinateSystem===zi||e.reversedDepth?t.set(.5*o,0,0,.5*o+l,0,.5*a,0,.5*a+c,0,0,1,0,0,0,0,1):t.set(.5*o,0,0,.5*o+l,0,.5*a,0,.5*a+c,0,0,.5,.5,0,0,0,1),t.multiply(pl)}getViewport(e){return this._viewports[e]}getFrameExtents(){return this._frameExtents}dispose(){this.map&&this.map.dispose(),this.mapPass&&this.mapPass.dispose()}copy(e){return this.camera=e.camera.clone(),this.intensity=e.intensity,this.bias=e.bias,this.radius=e.radius,this.autoUpdate=e.autoUpdate,this.needsUpdate=e.needsUpdate,this.normalBias=e.normalBias,this.blurSamples=e.blurSamples,this.mapSize.copy(e.mapSize),this.mapType=e.mapType,this.biasNode=e.biasNode,this}clone(){return new this.constructor().copy(this)}toJSON(){let e={};return e.intensity=this.intensity,e.bias=this.bias,e.normalBias=this.normalBias,e.radius=this.radius,e.blurSamples=this.blurSamples,e.mapSize=this.mapSize.toArray(),e.mapType=this.mapType,e.camera=this.camera.toJSON(!1).object,delete e.camera.matrix,e}},Br=new U,kr=new Zt,yn=new U,Hs=class extends Ut{constructor(){super(),this.isCamera=!0,this.type="Camera",this.matrixWorldInverse=new Qe,this.projectionMatrix=new Qe,this.projectionMatrixInverse=new Qe,this.coordinateSystem=nn,this._reversedDepth=!1}get reversedDepth(){return this._reversedDepth}copy(e,t){return super.copy(e,t),this.matrixWorldInverse.copy(e.matrixWorldInverse),this.projectionMatrix.copy(e.projectionMatrix),this.projectionMatrixInverse.copy(e.projectionMatrixInverse),this.coordinateSystem=e.coordinateSystem,this}getWorldDirection(e){return super.getWorldDirection(e).negate()}updateMatrixWorld(e){super.updateMatrixWorld(e),this.matrixWorld.decompose(Br,kr,yn),yn.x===1&&yn.y===1&&yn.z===1?this.matrixWorldInverse.copy(this.matrixWorld).invert():this.matrixWorldInverse.compose(Br,kr,yn.set(1,1,1)).invert()}updateWorldMatrix(e,t,n=!1){super.updateWorldMatrix(e,t,n),this.matrixWorld.decompose(Br,kr,yn),yn.x===1&&yn.y===1&&yn.z===1?this.matrixWorldInverse.copy(this.matrixWorld).invert():this.matrixWorldInverse.compose(Br,kr,yn.set(1,1,1)).invert()}clone(){return new this.constructor().copy(this)}},Kn=new U,Sh=new Te,bh=new Te,Ft=class extends Hs{constructor(e=50,t=1,n=.1,s=2e3){super(),this.isPerspectiveCamera=!0,this.type="PerspectiveCamera",this.fov=e,this.zoom=1,this.near=n,this.far=s,this.focus=10,this.aspect=t,this.view=null,this.filmGauge=35,this.filmOffset=0,this.updateProjectionMatrix()}copy(e,t){return super.copy(e,t),this.fov=e.fov,this.zoom=e.zoom,this.near=e.near,this.far=e.far,this.focus=e.focus,this.aspect=e.aspect,this.view=e.view===null?null:Object.assign({},e.view),this.filmGauge=e.filmGauge,this.filmOffset=e.filmOffset,this}setFocalLength(e){let t=.5*this.getFilmHeight()/e;this.fov=Gi*2*Math.atan(t),this.updateProjectionMatrix()}getFocalLength(){let e=Math.tan(vs*.5*this.fov);return .5*this.getFilmHeight()/e}getEffectiveFOV(){return Gi*2*Math.atan(Math.tan(vs*.5*this.fov)/this.zoom)}getFilmWidth(){return this.filmGauge*Math.min(this.aspect,1)}getFilmHeight(){return this.filmGauge/Math.max(this.aspect,1)}getViewBounds(e,t,n){Kn.set(-1,-1,.5).applyMatrix4(this.projectionMatrixInverse),t.set(Kn.x,Kn.y).multiplyScalar(-e/Kn.z),Kn.set(1,1,.5).applyMatrix4(this.projectionMatrixInverse),n.set(Kn.x,Kn.y).multiplyScalar(-e/Kn.z)}getViewSize(e,t){return this.getViewBounds(e,Sh,bh),t.subVectors(bh,Sh)}setViewOffset(e,t,n,s,r,o){this.aspect=e/t,this.view===null&&(this.view={enabled:!0,fullWidth:1,fullHeight:1,offsetX:0,offsetY:0,width:1,height:1}),this.view.enabled=!0,this.view.fullWidth=e,this.view.fullHeight=t,this.view.offsetX=n,this.view.offsetY=s,this.view.width=r,this.view.height=o,this.updateProjectionMatrix()}clearViewOffset(){this.view!==null&&(this.view.enabled=!1),this.updateProjectionMatrix()}updateProjectionMatrix(){let e=this.near,t=e*Math.tan(vs*.5*this.fov)/this.zoom,n=2*t,s=this.aspect*n,r=-.5*s,o=this.view;if(this.view!==null&&this.view.enabled){let l=o.fullWidth,c=o.fullHeight;r+=o.offsetX*s/l,t-=o.offsetY*n/c,s*=o.width/l,n*=o.height/c}let a=this.filmOffset;a!==0&&(r+=e*a/this.getFilmWidth()),this.projectionMatrix.makePerspective(r,r+s,t,t-n,e,this.far,this.coordinateSystem,this.reversedDepth),this.projectionMatrixInverse.copy(this.projectionMatrix).invert()}toJSON(e){let t=super.toJSON(e);return t.object.fov=this.fov,t.object.zoom=this.zoom,t.object.near=this.near,t.object.far=this.far,t.object.focus=this.focus,t.object.aspect=this.aspect,this.view!==null&&(t.object.view=Object.assign({},this.view)),t.object.filmGauge=this.filmGauge,t.object.filmOffset=this.filmOffset,t}};var Ws=class extends Hs{constructor(e=-1,t=1,n=1,s=-1,r=.1,o=2e3){super(),this.isOrthographicCamera=!0,this.type="OrthographicCamera",this.zoom=1,this.view=null,this.left=e,this.right=t,this.top=n,this.bottom=s,this.near=r,this.far=o,this.updateProjectionMatrix()}copy(e,t){return super.copy(e,t),this.left=e.left,this.right=e.right,this.top=e.top,this.bottom=e.bottom,this.near=e.near,this.far=e.far,this.zoom=e.zoom,this.view=e.view===null?null:Object.assign({},e.view),this}setViewOffset(e,t,n,s,r,o){this.view===null&&(this.view={enabled:!0,fullWidth:1,fullHeight:1,offsetX:0,offsetY:0,width:1,height:1}),this.view.enabled=!0,this.view.fullWidth=e,this.view.fullHeight=t,this.view.offsetX=n,this.view.offsetY=s,this.view.width=r,this.view.height=o,this.updateProjectionMatrix()}clearViewOffset(){this.view!==null&&(this.view.enabled=!1),this.updateProjectionMatrix()}updateProjectionMatrix(){let e=(this.right-this.left)/(2*this.zoom),t=(this.top-this.bottom)/(2*this.zoom),n=(this.right+this.left)/2,s=(this.top+this.bottom)/2,r=n-e,o=n+e,a=s+t,l=s-t;if(this.view!==null&&this.view.enabled){let c=(this.right-this.left)/this.view.fullWidth/this.zoom,h=(this.top-this.bottom)/this.view.fullHeight/this.zoom;r+=c*this.view.offsetX,o=r+c*this.view.width,a-=h*this.view.offsetY,l=a-h*this.view.height}this.projectionMatrix.makeOrthographic(r,o,a,l,this.near,this.far,this.coordinateSystem,this.reversedDepth),this.projectionMatrixInverse.copy(this.projectionMatrix).invert()}toJSON(e){let t=super.toJSON(e);return t.object.zoom=this.zoom,t.object.left=this.left,t.object.right=this.right,t.object.top=this.top,t.object.bottom=this.bottom,t.object.near=this.near,t.object.far=this.far,this.view!==null&&(t.object.view=Object.assign({},this.view)),t}},vl=class extends yo{constructor(){super(new Ws(-5,5,5,-5,.5,500)),this.isDirectionalLightShadow=!0}},Ki=class extends Vs{constructor(e,t){super(e,t),this.isDirectionalLight=!0,this.type="DirectionalLight",this.position.copy(Ut.DEFAULT_UP),this.updateMatrix(),this.target=new Ut,this.shadow=new vl}dispose(){super.dispose(),this.shadow.dispose()}copy(e){return super.copy(e),this.target=e.target.clone(),this.shadow=e.shadow.clone(),this}toJSON(e){let t=super.toJSON(e);return t.object.shadow=this.shadow.toJSON(),t.object.target=this.target.uuid,t}};var Fi=-90,Oi=1,Ji=class extends Ut{constructor(e,t,n){super(),this.type="CubeCamera",this.renderTarget=n,this.coordinateSystem=null,this.activeMipmapLevel=0;let s=new Ft(Fi,Oi,e,t);s.layers=this.layers,this.add(s);let r=new Ft(Fi,Oi,e,t);r.layers=this.layers,this.add(r);let o=new Ft(Fi,Oi,e,t);o.layers=this.layers,this.add(o);let a=new Ft(Fi,Oi,e,t);a.layers=this.layers,this.add(a);let l=new Ft(Fi,Oi,e,t);l.layers=this.layers,this.add(l);let c=new Ft(Fi,Oi,e,t);c.layers=this.layers,this.add(c)}updateCoordinateSystem(){let e=this.coordinateSystem,t=this.children.concat(),[n,s,r,o,a,l]=t;for(let c of t)this.remove(c);if(e===nn)n.up.set(0,1,0),n.lookAt(1,0,0),s.up.set(0,1,0),s.lookAt(-1,0,0),r.up.set(0,0,-1),r.lookAt(0,1,0),o.up.set(0,0,1),o.lookAt(0,-1,0),a.up.set(0,1,0),a.lookAt(0,0,1),l.up.set(0,1,0),l.lookAt(0,0,-1);else if(e===zi)n.up.set(0,-1,0),n.lookAt(-1,0,0),s.up.set(0,-1,0),s.lookAt(1,0,0),r.up.set(0,0,1),r.lookAt(0,1,0),o.up.set(0,0,-1),o.lookAt(0,-1,0),a.up.set(0,-1,0),a.lookAt(0,0,1),l.up.set(0,-1,0),l.lookAt(0,0,-1);else throw new Error("THREE.CubeCamera.updateCoordinateSystem(): Invalid coordinate system: "+e);for(let c of t)this.add(c),c.updateMatrixWorld()}update(e,t){this.parent===null&&this.updateMatrixWorld();let{renderTarget:n,activeMipmapLevel:s}=this;this.coordinateSystem!==e.coordinateSystem&&(this.coordinateSystem=e.coordinateSystem,this.updateCoordinateSystem());let[r,o,a,l,c,h]=this.children,p=e.getRenderTarget(),u=e.getActiveCubeFace(),f=e.getActiveMipmapLevel(),x=e.xr.enabled;e.xr.enabled=!1;let S=n.texture.mipmapsAutoUpdate;n.texture.mipmapsAutoUpdate=!1;let m=!1;e.isWebGLRenderer===!0?m=e.state.buffers.depth.getReversed():m=e.reversedDepthBuffer,e.setRenderTarget(n,0,s),m&&e.autoClear===!1&&e.clearDepth(),e.render(t,r),e.setRenderTarget(n,1,s),m&&e.autoClear===!1&&e.clearDepth(),e.render(t,o),e.setRenderTarget(n,2,s),m&&e.autoClear===!1&&e.clearDepth(),e.render(t,a),e.setRenderTarget(n,3,s),m&&e.autoClear===!1&&e.clearDepth(),e.render(t,l),e.setRenderTarget(n,4,s),m&&e.autoClear===!1&&e.clearDepth(),e.render(t,c),n.texture.mipmapsAutoUpdate=S,e.setRenderTarget(n,5,s),m&&e.autoClear===!1&&e.clearDepth(),e.render(t,h),e.setRenderTarget(p,u,f),e.xr.enabled=x,n.texture.needsPMREMUpdate=!0}},xo=class extends Ft{constructor(e=[]){super(),this.isArrayCamera=!0,this.isMultiViewCamera=!1,this.cameras=e,this.perCameraFrustumCulled=!1}};var $l="\\[\\]\\.:\\/",Ff=new RegExp("["+$l+"]","g"),ec="[^"+$l+"]",Of="[^"+$l.replace("\\.","")+"]",Bf=/((?:WC+[\/:])*)/.source.replace("WC",ec),kf=/(WCOD+)?/.source.replace("WCOD",Of),zf=/(?:\.(WC+)(?:\[(.+)\])?)?/.source.replace("WC",ec),Vf=/\.(WC+)(?:\[(.+)\])?/.source.replace("WC",ec),Gf=new RegExp("^"+Bf+kf+zf+Vf+"$"),Hf=["material","materials","bones","map"],_l=class{constructor(e,t,n){let s=n||nt.parseTrackName(t);this._targetGroup=e,this._bindings=e.subscribe_(t,s)}getValue(e,t){this.bind();let n=this._targetGroup.nCachedObjects_,s=this._bindings[n];s!==void 0&&s.getValue(e,t)}setValue(e,t){let n=this._bindings;for(let s=this._targetGroup.nCachedObjects_,r=n.length;s!==r;++s)n[s].setValue(e,t)}bind(){let e=this._bindings;for(let t=this._targetGroup.nCachedObjects_,n=e.length;t!==n;++t)e[t].bind()}unbind(){let e=this._bindings;for(let t=this._targetGroup.nCachedObjects_,n=e.length;t!==n;++t)e[t].unbind()}},nt=class i{constructor(e,t,n){this.path=t,this.parsedPath=n||i.parseTrackName(t),this.node=i.findNode(e,this.parsedPath.nodeName),this.rootNode=e,this.getValue=this._getValue_unbound,this.setValue=this._setValue_unbound}static create(e,t,n){return e&&e.isAnimationObjectGroup?new i.Composite(e,t,n):new i(e,t,n)}static sanitizeNodeName(e){return e.replace(/\s/g,"_").replace(Ff,"")}static parseTrackName(e){let t=Gf.exec(e);if(t===null)throw new Error("THREE.PropertyBinding: Cannot parse trackName: "+e);let n={nodeName:t[2],objectName:t[3],objectIndex:t[4],propertyName:t[5],propertyIndex:t[6]},s=n.nodeName&&n.nodeName.lastIndexOf(".");if(s!==void 0&&s!==-1){let r=n.nodeName.substring(s+1);Hf.indexOf(r)!==-1&&(n.nodeName=n.nodeName.substring(0,s),n.objectName=r)}if(n.propertyName===null||n.propertyName.length===0)throw new Error("THREE.PropertyBinding: can not parse propertyName from trackName: "+e);return n}static findNode(e,t){if(t===void 0||t===""||t==="."||t===-1||t===e.name||t===e.uuid)return e;if(e.skeleton){let n=e.skeleton.getBoneByName(t);if(n!==void 0)return n}if(e.children){let n=function(r){for(let o=0;o<r.length;o++){let a=r[o];if(a.name===t||a.uuid===t)return a;let l=n(a.children);if(l)return l}return null},s=n(e.children);if(s)return s}return null}_getValue_unavailable(){}_setValue_unavailable(){}_getValue_direct(e,t){e[t]=this.targetObject[this.propertyName]}_getValue_array(e,t){let n=this.resolvedProperty;for(let s=0,r=n.length;s!==r;++s)e[t++]=n[s]}_getValue_arrayElement(e,t){e[t]=this.resolvedProperty[this.propertyIndex]}_getValue_toArray(e,t){this.resolvedProperty.toArray(e,t)}_setValue_direct(e,t){this.targetObject[this.propertyName]=e[t]}_setValue_direct_setNeedsUpdate(e,t){this.targetObject[this.propertyName]=e[t],this.targetObject.needsUpdate=!0}_setValue_direct_setMatrixWorldNeedsUpdate(e,t){this.targetObject[this.propertyName]=e[t],this.targetObject.matrixWorldNeedsUpdate=!0}_setValue_array(e,t){let n=this.resolvedProperty;for(let s=0,r=n.length;s!==r;++s)n[s]=e[t++]}_setValue_array_setNeedsUpdate(e,t){let n=this.resolvedProperty;for(let s=0,r=n.length;s!==r;++s)n[s]=e[t++];this.targetObject.needsUpdate=!0}_setValue_array_setMatrixWorldNeedsUpdate(e,t){let n=this.resolvedProperty;for(let s=0,r=n.length;s!==r;++s)n[s]=e[t++];this.targetObject.matrixWorldNeedsUpdate=!0}_setValue_arrayElement(e,t){this.resolvedProperty[this.propertyIndex]=e[t]}_setValue_arrayElement_setNeedsUpdate(e,t){this.resolvedProperty[this.propertyIndex]=e[t],this.targetObject.needsUpdate=!0}_setValue_arrayElement_setMatrixWorldNeedsUpdate(e,t){this.resolvedProperty[this.propertyIndex]=e[t],this.targetObject.matrixWorldNeedsUpdate=!0}_setValue_fromArray(e,t){this.resolvedProperty.fromArray(e,t)}_setValue_fromArray_setNeedsUpdate(e,t){this.resolvedProperty.fromArray(e,t),this.targetObject.needsUpdate=!0}_setValue_fromArray_setMatrixWorldNeedsUpdate(e,t){this.resolvedProperty.fromArray(e,t),this.targetObject.matrixWorldNeedsUpdate=!0}_getValue_unbound(e,t){this.bind(),this.getValue(e,t)}_setValue_unbound(e,t){this.bind(),this.setValue(e,t)}bind(){let e=this.node,t=this.parsedPath,n=t.objectName,s=t.propertyName,r=t.propertyIndex;if(e||(e=i.findNode(this.rootNode,t.nodeName),this.node=e),this.getValue=this._getValue_unavailable,this.setValue=this._setValue_unavailable,!e){Re("PropertyBinding: No target node found for track: "+this.path+".");return}if(n){let c=t.objectIndex;switch(n){case"materials":if(!e.material){Pe("PropertyBinding: Can not bind to material as node does not have a material.",this);return}if(!e.material.materials){Pe("PropertyBinding: Can not bind to material.materials as node.material does not have a materials array.",this);return}e=e.material.materials;break;case"bones":if(!e.skeleton){Pe("PropertyBinding: Can not bind to bones as node does not have a skeleton.",this);return}e=e.skeleton.bones;for(let h=0;h<e.length;h++)if(e[h].name===c){c=h;break}break;case"map":if("map"in e){e=e.map;break}if(!e.material){Pe("PropertyBinding: Can not bind to material as node does not have a material.",this);return}if(!e.material.map){Pe("PropertyBinding: Can not bind to material.map as node.material does not have a map.",this);return}e=e.material.map;break;default:if(e[n]===void 0){Pe("PropertyBinding: Can not bind to objectName of node undefined.",this);return}e=e[n]}if(c!==void 0){if(e[c]===void 0){Pe("PropertyBinding: Trying to bind to objectIndex of objectName, but is undefined.",this,e);return}e=e[c]}}let o=e[s];if(o===void 0){let c=t.nodeName;Pe("PropertyBinding: Trying to update property for track: "+c+"."+s+" but it wasn't found.",e);return}let a=this.Versioning.None;this.targetObject=e,e.isMaterial===!0?a=this.Versioning.NeedsUpdate:e.isObject3D===!0&&(a=this.Versioning.MatrixWorldNeedsUpdate);let l=this.BindingType.Direct;if(r!==void 0){if(s==="morphTargetInfluences"){if(!e.geometry){Pe("PropertyBinding: Can not bind to morphTargetInfluences because node does not have a geometry.",this);return}if(!e.geometry.morphAttributes){Pe("PropertyBinding: Can not bind to morphTargetInfluences because node does not have a geometry.morphAttributes.",this);return}e.morphTargetDictionary[r]!==void 0&&(r=e.morphTargetDictionary[r])}l=this.BindingType.ArrayElement,this.resolvedProperty=o,this.propertyIndex=r}else o.fromArray!==void 0&&o.toArray!==void 0?(l=this.BindingType.HasFromToArray,this.resolvedProperty=o):Array.isArray(o)?(l=this.BindingType.EntireArray,this.resolvedProperty=o):this.propertyName=s;this.getValue=this.GetterByBindingType[l],this.setValue=this.SetterByBindingTypeAndVersioning[l][a]}unbind(){this.node=null,this.getValue=this._getValue_unbound,this.setValue=this._setValue_unbound}};nt.Composite=_l;nt.prototype.BindingType={Direct:0,EntireArray:1,ArrayElement:2,HasFromToArray:3};nt.prototype.Versioning={None:0,NeedsUpdate:1,MatrixWorldNeedsUpdate:2};nt.prototype.GetterByBindingType=[nt.prototype._getValue_direct,nt.prototype._getValue_array,nt.prototype._getValue_arrayElement,nt.prototype._getValue_toArray];nt.prototype.SetterByBindingTypeAndVersioning=[[nt.prototype._setValue_direct,nt.prototype._setValue_direct_setNeedsUpdate,nt.prototype._setValue_direct_setMatrixWorldNeedsUpdate],[nt.prototype._setValue_array,nt.prototype._setValue_array_setNeedsUpdate,nt.prototype._setValue_array_setMatrixWorldNeedsUpdate],[nt.prototype._setValue_arrayElement,nt.prototype._setValue_arrayElement_setNeedsUpdate,nt.prototype._setValue_arrayElement_setMatrixWorldNeedsUpdate],[nt.prototype._setValue_fromArray,nt.prototype._setValue_fromArray_setNeedsUpdate,nt.prototype._setValue_fromArray_setMatrixWorldNeedsUpdate]];var Av=new Float32Array(1);var Mh=new Qe,gi=class{constructor(e,t,n=0,s=1/0){this.ray=new pi(e,t),this.near=n,this.far=s,this.camera=null,this.layers=new Wi,this.params={Mesh:{},Line:{threshold:1},LOD:{},Points:{threshold:1},Sprite:{}}}set(e,t){this.ray.set(e,t)}setFromCamera(e,t){t.isPerspectiveCamera?(this.ray.origin.setFromMatrixPosition(t.matrixWorld),this.ray.direction.set(e.x,e.y,.5).unproject(t).sub(this.ray.origin).normalize(),this.camera=t):t.isOrthographicCamera?(this.ray.origin.set(e.x,e.y,t.projectionMatrix.elements[14]).unproject(t),this.ray.direction.set(0,0,-1).transformDirection(t.matrixWorld),this.camera=t):Pe("Raycaster: Unsupported camera type: "+t.type)}setFromXRController(e){return Mh.identity().extractRotation(e.matrixWorld),this.ray.origin.setFromMatrixPosition(e.matrixWorld),this.ray.direction.set(0,0,-1).applyMatrix4(Mh),this}intersectObject(e,t=!0,n=[]){return Sl(e,this,n,t),n.sort(wh),n}intersectObjects(e,t=!0,n=[]){for(let s=0,r=e.length;s<r;s++)Sl(e[s],this,n,t);return n.sort(wh),n}};function wh(i,e){return i.distance-e.distance}function Sl(i,e,t,n){let s=!0;if(i.layers.test(e.layers)&&i.raycast(e,t)===!1&&(s=!1),s===!0&&n===!0){let r=i.children;for(let o=0,a=r.length;o<a;o++)Sl(r[o],e,t,!0)}}var ji=class{constructor(e=1,t=0,n=0){this.radius=e,this.phi=t,this.theta=n}set(e,t,n){return this.radius=e,this.phi=t,this.theta=n,this}copy(e){return this.radius=e.radius,this.phi=e.phi,this.theta=e.theta,this}makeSafe(){return this.phi=ze(this.phi,1e-6,Math.PI-1e-6),this}setFromVector3(e){return this.setFromCartesianCoords(e.x,e.y,e.z)}setFromCartesianCoords(e,t,n){return this.radius=Math.sqrt(e*e+t*t+n*n),this.radius===0?(this.theta=0,this.phi=0):(this.theta=Math.atan2(e,n),this.phi=Math.acos(ze(t/this.radius,-1,1))),this}clone(){return new this.constructor().copy(this)}};var bl=class{static{this.prototype.isMatrix2=!0}constructor(e,t,n,s){this.elements=[1,0,0,1],e!==void 0&&this.set(e,t,n,s)}identity(){return this.set(1,0,0,1),this}fromArray(e,t=0){for(let n=0;n<4;n++)this.elements[n]=e[n+t];return this}set(e,t,n,s){let r=this.elements;return r[0]=e,r[2]=t,r[1]=n,r[3]=s,this}};var Xs=class extends un{constructor(e,t=null){super(),this.object=e,this.domElement=t,this.enabled=!0,this.state=-1,this.keys={},this.mouseButtons={LEFT:null,MIDDLE:null,RIGHT:null},this.touches={ONE:null,TWO:null}}connect(e){this.domElement!==null&&this.disconnect(),this.domElement=e}disconnect(){}dispose(){}update(){}};function tc(i,e,t,n){let s=Wf(n);switch(t){case zl:return i*e;case Eo:return i*e/s.components*s.byteLength;case Ao:return i*e/s.components*s.byteLength;case ri:return i*e*2/s.components*s.byteLength;case Ro:return i*e*2/s.components*s.byteLength;case Vl:return i*e*3/s.components*s.byteLength;case pn:return i*e*4/s.components*s.byteLength;case Co:return i*e*4/s.components*s.byteLength;case Zs:case Ks:return Math.floor((i+3)/4)*Math.floor((e+3)/4)*8;case Js:case js:return Math.floor((i+3)/4)*Math.floor((e+3)/4)*16;case Io:case Uo:return Math.max(i,16)*Math.max(e,8)/4;case Po:case Lo:return Math.max(i,8)*Math.max(e,8)/2;case Do:case No:case Oo:case Bo:return Math.floor((i+3)/4)*Math.floor((e+3)/4)*8;case Fo:case Qs:case ko:return Math.floor((i+3)/4)*Math.floor((e+3)/4)*16;case zo:return Math.floor((i+3)/4)*Math.floor((e+3)/4)*16;case Vo:return Math.floor((i+4)/5)*Math.floor((e+3)/4)*16;case Go:return Math.floor((i+4)/5)*Math.floor((e+4)/5)*16;case Ho:return Math.floor((i+5)/6)*Math.floor((e+4)/5)*16;case Wo:return Math.floor((i+5)/6)*Math.floor((e+5)/6)*16;case Xo:return Math.floor((i+7)/8)*Math.floor((e+4)/5)*16;case qo:return Math.floor((i+7)/8)*Math.floor((e+5)/6)*16;case Yo:return Math.floor((i+7)/8)*Math.floor((e+7)/8)*16;case Zo:return Math.floor((i+9)/10)*Math.floor((e+4)/5)*16;case Ko:return Math.floor((i+9)/10)*Math.floor((e+5)/6)*16;case Jo:return Math.floor((i+9)/10)*Math.floor((e+7)/8)*16;case jo:return Math.floor((i+9)/10)*Math.floor((e+9)/10)*16;case Qo:return Math.floor((i+11)/12)*Math.floor((e+9)/10)*16;case $o:return Math.floor((i+11)/12)*Math.floor((e+11)/12)*16;case ea:case ta:case na:return Math.ceil(i/4)*Math.ceil(e/4)*16;case ia:case sa:return Math.ceil(i/4)*Math.ceil(e/4)*8;case $s:case ra:return Math.ceil(i/4)*Math.ceil(e/4)*16}throw new Error(`Unable to determine texture byte length for ${t} format.`)}function Wf(i){switch(i){case Ht:case Fl:return{byteLength:1,components:1};case ts:case Ol:case fn:return{byteLength:2,components:1};case wo:case To:return{byteLength:2,components:4};case dn:case Mo:case rn:return{byteLength:4,components:1};case Bl:case kl:return{byteLength:4,components:3}}throw new Error(`THREE.TextureUtils: Unknown texture type ${i}.`)}typeof __THREE_DEVTOOLS__<"u"&&__THREE_DEVTOOLS__.dispatchEvent(new CustomEvent("register",{detail:{revision:"187"}}));typeof window<"u"&&(window.__THREE__?Re("WARNING: Multiple instances of Three.js being imported."):window.__THREE__="187");function Nu(){let i=null,e=!1,t=null,n=null;function s(r,o){n=i.requestAnimationFrame(s),t(r,o)}return{start:function(){e!==!0&&t!==null&&i!==null&&(n=i.requestAnimationFrame(s),e=!0)},stop:function(){i!==null&&i.cancelAnimationFrame(n),e=!1},setAnimationLoop:function(r){t=r},setContext:function(r){i=r}}}function qf(i){let e=new WeakMap;function t(a,l){let c=a.array,h=a.usage,p=c.byteLength,u=i.createBuffer();i.bindBuffer(l,u),i.bufferData(l,c,h),a.onUploadCallback();let f;if(c instanceof Float32Array)f=i.FLOAT;else if(typeof Float16Array<"u"&&c instanceof Float16Array)f=i.HALF_FLOAT;else if(c instanceof Uint16Array)a.isFloat16BufferAttribute?f=i.HALF_FLOAT:f=i.UNSIGNED_SHORT;else if(c instanceof Int16Array)f=i.SHORT;else if(c instanceof Uint32Array)f=i.UNSIGNED_INT;else if(c instanceof Int32Array)f=i.INT;else if(c instanceof Int8Array)f=i.BYTE;else if(c instanceof Uint8Array)f=i.UNSIGNED_BYTE;else if(c instanceof Uint8ClampedArray)f=i.UNSIGNED_BYTE;else throw new Error("THREE.WebGLAttributes: Unsupported buffer data format: "+c);return{buffer:u,type:f,bytesPerElement:c.BYTES_PER_ELEMENT,version:a.version,size:p}}function n(a,l,c){let h=l.array,p=l.updateRanges;if(i.bindBuffer(c,a),p.length===0)i.bufferSubData(c,0,h);else{p.sort((f,x)=>f.start-x.start);let u=0;for(let f=1;f<p.length;f++){let x=p[u],S=p[f];S.start<=x.start+x.count+1?x.count=Math.max(x.count,S.start+S.count-x.start):(++u,p[u]=S)}p.length=u+1;for(let f=0,x=p.length;f<x;f++){let S=p[f];i.bufferSubData(c,S.start*h.BYTES_PER_ELEMENT,h,S.start,S.count)}l.clearUpdateRanges()}l.onUploadCallback()}function s(a){return a.isInterleavedBufferAttribute&&(a=a.data),e.get(a)}function r(a){a.isInterleavedBufferAttribute&&(a=a.data);let l=e.get(a);l&&(i.deleteBuffer(l.buffer),e.delete(a))}function o(a,l){if(a.isInterleavedBufferAttribute&&(a=a.data),a.isGLBufferAttribute){let h=e.get(a);(!h||h.version<a.version)&&e.set(a,{buffer:a.buffer,type:a.type,bytesPerElement:a.elementSize,version:a.version});return}let c=e.get(a);if(c===void 0)e.set(a,t(a,l));else if(c.version<a.version){if(c.size!==a.array.byteLength)throw new Error("THREE.WebGLAttributes: The size of the buffer attribute's array buffer does not match the original size. Resizing buffer attributes is not supported.");n(c.buffer,a,l),c.version=a.version}}return{get:s,remove:r,update:o}}var Yf=`#ifdef USE_ALPHAHASH
	if ( diffuseColor.a < getAlphaHashThreshold( vPosition ) ) discard;
#endif`,Zf=`#ifdef USE_ALPHAHASH
	const float ALPHA_HASH_SCALE = 0.05;
	float hash2D( vec2 value ) {
		return fract( 1.0e4 * sin( 17.0 * value.x + 0.1 * value.y ) * ( 0.1 + abs( sin( 13.0 * value.y + value.x ) ) ) );
	}
	float hash3D( vec3 value ) {
		return hash2D( vec2( hash2D( value.xy ), value.z ) );
	}
	float getAlphaHashThreshold( vec3 position ) {
		float maxDeriv = max(
			length( dFdx( position.xyz ) ),
			length( dFdy( position.xyz ) )
		);
		float pixScale = 1.0 / ( ALPHA_HASH_SCALE * maxDeriv );
		vec2 pixScales = vec2(
			exp2( floor( log2( pixScale ) ) ),
			exp2( ceil( log2( pixScale ) ) )
		);
		vec2 alpha = vec2(
			hash3D( floor( pixScales.x * position.xyz ) ),
			hash3D( floor( pixScales.y * position.xyz ) )
		);
		float lerpFactor = fract( log2( pixScale ) );
		float x = ( 1.0 - lerpFactor ) * alpha.x + lerpFactor * alpha.y;
		float a = min( lerpFactor, 1.0 - lerpFactor );
		vec3 cases = vec3(
			x * x / ( 2.0 * a * ( 1.0 - a ) ),
			( x - 0.5 * a ) / ( 1.0 - a ),
			1.0 - ( ( 1.0 - x ) * ( 1.0 - x ) / ( 2.0 * a * ( 1.0 - a ) ) )
		);
		float threshold = ( x < ( 1.0 - a ) )
			? ( ( x < a ) ? cases.x : cases.y )
			: cases.z;
		return clamp( threshold , 1.0e-6, 1.0 );
	}
#endif`,Kf=`#ifdef USE_ALPHAMAP
	diffuseColor.a *= texture2D( alphaMap, vAlphaMapUv ).g;
#endif`,Jf=`#ifdef USE_ALPHAMAP
	uniform sampler2D alphaMap;
#endif`,jf=`#ifdef USE_ALPHATEST
	#ifdef ALPHA_TO_COVERAGE
	diffuseColor.a = smoothstep( alphaTest, alphaTest + fwidth( diffuseColor.a ), diffuseColor.a );
	if ( diffuseColor.a == 0.0 ) discard;
	#else
	if ( diffuseColor.a < alphaTest ) discard;
	#endif
#endif`,Qf=`#ifdef USE_ALPHATEST
	uniform float alphaTest;
#endif`,$f=`#ifdef USE_AOMAP
	float ambientOcclusion = ( texture2D( aoMap, vAoMapUv ).r - 1.0 ) * aoMapIntensity + 1.0;
	reflectedLight.indirectDiffuse *= ambientOcclusion;
	#if defined( USE_CLEARCOAT ) 
		clearcoatSpecularIndirect *= ambientOcclusion;
	#endif
	#if defined( USE_SHEEN ) 
		sheenSpecularIndirect *= ambientOcclusion;
	#endif
	#if defined( USE_ENVMAP ) && defined( STANDARD )
		float dotNV = saturate( dot( geometryNormal, geometryViewDir ) );
		reflectedLight.indirectSpecular *= computeSpecularOcclusion( dotNV, ambientOcclusion, material.roughness );
	#endif
#endif`,ep=`#ifdef USE_AOMAP
	uniform sampler2D aoMap;
	uniform float aoMapIntensity;
#endif`,tp=`#ifdef USE_BATCHING
	#if ! defined( GL_ANGLE_multi_draw )
	#define gl_DrawID _gl_DrawID
	uniform int _gl_DrawID;
	#endif
	uniform highp sampler2D batchingTexture;
	uniform highp usampler2D batchingIdTexture;
	mat4 getBatchingMatrix( const in float i ) {
		int size = textureSize( batchingTexture, 0 ).x;
		int j = int( i ) * 4;
		int x = j % size;
		int y = j / size;
		vec4 v1 = texelFetch( batchingTexture, ivec2( x, y ), 0 );
		vec4 v2 = texelFetch( batchingTexture, ivec2( x + 1, y ), 0 );
		vec4 v3 = texelFetch( batchingTexture, ivec2( x + 2, y ), 0 );
		vec4 v4 = texelFetch( batchingTexture, ivec2( x + 3, y ), 0 );
		return mat4( v1, v2, v3, v4 );
	}
	float getIndirectIndex( const in int i ) {
		int size = textureSize( batchingIdTexture, 0 ).x;
		int x = i % size;
		int y = i / size;
		return float( texelFetch( batchingIdTexture, ivec2( x, y ), 0 ).r );
	}
#endif
#ifdef USE_BATCHING_COLOR
	uniform sampler2D batchingColorTexture;
	vec4 getBatchingColor( const in float i ) {
		int size = textureSize( batchingColorTexture, 0 ).x;
		int j = int( i );
		int x = j % size;
		int y = j / size;
		return texelFetch( batchingColorTexture, ivec2( x, y ), 0 );
	}
#endif`,np=`#ifdef USE_BATCHING
	mat4 batchingMatrix = getBatchingMatrix( getIndirectIndex( gl_DrawID ) );
#endif`,ip=`vec3 transformed = vec3( position );
#ifdef USE_ALPHAHASH
	vPosition = vec3( position );
#endif`,sp=`vec3 objectNormal = vec3( normal );
#ifdef USE_TANGENT
	vec3 objectTangent = vec3( tangent.xyz );
#endif`,rp=`float G_BlinnPhong_Implicit( ) {
	return 0.25;
}
float D_BlinnPhong( const in float shininess, const in float dotNH ) {
	return RECIPROCAL_PI * ( shininess * 0.5 + 1.0 ) * pow( dotNH, shininess );
}
vec3 BRDF_BlinnPhong( const in vec3 lightDir, const in vec3 viewDir, const in vec3 normal, const in vec3 specularColor, const in float shininess ) {
	vec3 halfDir = normalize( lightDir + viewDir );
	float dotNH = saturate( dot( normal, halfDir ) );
	float dotVH = saturate( dot( viewDir, halfDir ) );
	vec3 F = F_Schlick( specularColor, 1.0, dotVH );
	float G = G_BlinnPhong_Implicit( );
	float D = D_BlinnPhong( shininess, dotNH );
	return F * ( G * D );
} // validated`,op=`#ifdef USE_IRIDESCENCE
	const mat3 XYZ_TO_REC709 = mat3(
		 3.2404542, -0.9692660,  0.0556434,
		-1.5371385,  1.8760108, -0.2040259,
		-0.4985314,  0.0415560,  1.0572252
	);
	vec3 Fresnel0ToIor( vec3 fresnel0 ) {
		vec3 sqrtF0 = sqrt( fresnel0 );
		return ( vec3( 1.0 ) + sqrtF0 ) / ( vec3( 1.0 ) - sqrtF0 );
	}
	vec3 IorToFresnel0( vec3 transmittedIor, float incidentIor ) {
		return pow2( ( transmittedIor - vec3( incidentIor ) ) / ( transmittedIor + vec3( incidentIor ) ) );
	}
	float IorToFresnel0( float transmittedIor, float incidentIor ) {
		return pow2( ( transmittedIor - incidentIor ) / ( transmittedIor + incidentIor ));
	}
	vec3 evalSensitivity( float OPD, vec3 shift ) {
		float phase = 2.0 * PI * OPD * 1.0e-9;
		vec3 val = vec3( 5.4856e-13, 4.4201e-13, 5.2481e-13 );
		vec3 pos = vec3( 1.6810e+06, 1.7953e+06, 2.2084e+06 );
		vec3 var = vec3( 4.3278e+09, 9.3046e+09, 6.6121e+09 );
		vec3 xyz = val * sqrt( 2.0 * PI * var ) * cos( pos * phase + shift ) * exp( - pow2( phase ) * var );
		xyz.x += 9.7470e-14 * sqrt( 2.0 * PI * 4.5282e+09 ) * cos( 2.2399e+06 * phase + shift[ 0 ] ) * exp( - 4.5282e+09 * pow2( phase ) );
		xyz /= 1.0685e-7;
		vec3 rgb = XYZ_TO_REC709 * xyz;
		return rgb;
	}
	vec3 evalIridescence( float outsideIOR, float eta2, float cosTheta1, float thinFilmThickness, vec3 baseF0 ) {
		vec3 I;
		float iridescenceIOR = mix( outsideIOR, eta2, smoothstep( 0.0, 0.03, thinFilmThickness ) );
		float sinTheta2Sq = pow2( outsideIOR / iridescenceIOR ) * ( 1.0 - pow2( cosTheta1 ) );
		float cosTheta2Sq = 1.0 - sinTheta2Sq;
		if ( cosTheta2Sq < 0.0 ) {
			return vec3( 1.0 );
		}
		float cosTheta2 = sqrt( cosTheta2Sq );
		float R0 = IorToFresnel0( iridescenceIOR, outsideIOR );
		float R12 = F_Schlick( R0, 1.0, cosTheta1 );
		float T121 = 1.0 - R12;
		float phi12 = 0.0;
		if ( iridescenceIOR < outsideIOR ) phi12 = PI;
		float phi21 = PI - phi12;
		vec3 baseIOR = Fresnel0ToIor( clamp( baseF0, 0.0, 0.9999 ) );		vec3 R1 = IorToFresnel0( baseIOR, iridescenceIOR );
		vec3 R23 = F_Schlick( R1, 1.0, cosTheta2 );
		vec3 phi23 = vec3( 0.0 );
		if ( baseIOR[ 0 ] < iridescenceIOR ) phi23[ 0 ] = PI;
		if ( baseIOR[ 1 ] < iridescenceIOR ) phi23[ 1 ] = PI;
		if ( baseIOR[ 2 ] < iridescenceIOR ) phi23[ 2 ] = PI;
		float OPD = 2.0 * iridescenceIOR * thinFilmThickness * cosTheta2;
		vec3 phi = vec3( phi21 ) + phi23;
		vec3 R123 = clamp( R12 * R23, 1e-5, 0.9999 );
		vec3 r123 = sqrt( R123 );
		vec3 Rs = pow2( T121 ) * R23 / ( vec3( 1.0 ) - R123 );
		vec3 C0 = R12 + Rs;
		I = C0;
		vec3 Cm = Rs - T121;
		for ( int m = 1; m <= 2; ++ m ) {
			Cm *= r123;
			vec3 Sm = 2.0 * evalSensitivity( float( m ) * OPD, float( m ) * phi );
			I += Cm * Sm;
		}
		return max( I, vec3( 0.0 ) );
	}
#endif`,ap=`#ifdef USE_BUMPMAP
	uniform sampler2D bumpMap;
	uniform float bumpScale;
	vec2 dHdxy_fwd() {
		vec2 dSTdx = dFdx( vBumpMapUv );
		vec2 dSTdy = dFdy( vBumpMapUv );
		float Hll = bumpScale * texture2D( bumpMap, vBumpMapUv ).x;
		float dBx = bumpScale * texture2D( bumpMap, vBumpMapUv + dSTdx ).x - Hll;
		float dBy = bumpScale * texture2D( bumpMap, vBumpMapUv + dSTdy ).x - Hll;
		return vec2( dBx, dBy );
	}
	vec3 perturbNormalArb( vec3 surf_pos, vec3 surf_norm, vec2 dHdxy, float faceDirection ) {
		vec3 vSigmaX = normalize( dFdx( surf_pos.xyz ) );
		vec3 vSigmaY = normalize( dFdy( surf_pos.xyz ) );
		vec3 vN = surf_norm;
		vec3 R1 = cross( vSigmaY, vN );
		vec3 R2 = cross( vN, vSigmaX );
		float fDet = dot( vSigmaX, R1 ) * faceDirection;
		vec3 vGrad = sign( fDet ) * ( dHdxy.x * R1 + dHdxy.y * R2 );
		return normalize( abs( fDet ) * surf_norm - vGrad );
	}
#endif`,lp=`#if NUM_CLIPPING_PLANES > 0
	vec4 plane;
	#ifdef ALPHA_TO_COVERAGE
		float distanceToPlane, distanceGradient;
		float clipOpacity = 1.0;
		#pragma unroll_loop_start
		for ( int i = 0; i < UNION_CLIPPING_PLANES; i ++ ) {
			plane = clippingPlanes[ i ];
			distanceToPlane = - dot( vClipPosition, plane.xyz ) + plane.w;
			distanceGradient = fwidth( distanceToPlane ) / 2.0;
			clipOpacity *= smoothstep( - distanceGradient, distanceGradient, distanceToPlane );
			if ( clipOpacity == 0.0 ) discard;
		}
		#pragma unroll_loop_end
		#if UNION_CLIPPING_PLANES < NUM_CLIPPING_PLANES
			float unionClipOpacity = 1.0;
			#pragma unroll_loop_start
			for ( int i = UNION_CLIPPING_PLANES; i < NUM_CLIPPING_PLANES; i ++ ) {
				plane = clippingPlanes[ i ];
				distanceToPlane = - dot( vClipPosition, plane.xyz ) + plane.w;
				distanceGradient = fwidth( distanceToPlane ) / 2.0;
				unionClipOpacity *= 1.0 - smoothstep( - distanceGradient, distanceGradient, distanceToPlane );
			}
			#pragma unroll_loop_end
			clipOpacity *= 1.0 - unionClipOpacity;
		#endif
		diffuseColor.a *= clipOpacity;
		if ( diffuseColor.a == 0.0 ) discard;
	#else
		#pragma unroll_loop_start
		for ( int i = 0; i < UNION_CLIPPING_PLANES; i ++ ) {
			plane = clippingPlanes[ i ];
			if ( dot( vClipPosition, plane.xyz ) > plane.w ) discard;
		}
		#pragma unroll_loop_end
		#if UNION_CLIPPING_PLANES < NUM_CLIPPING_PLANES
			bool clipped = true;
			#pragma unroll_loop_start
			for ( int i = UNION_CLIPPING_PLANES; i < NUM_CLIPPING_PLANES; i ++ ) {
				plane = clippingPlanes[ i ];
				clipped = ( dot( vClipPosition, plane.xyz ) > plane.w ) && clipped;
			}
			#pragma unroll_loop_end
			if ( clipped ) discard;
		#endif
	#endif
#endif`,cp=`#if NUM_CLIPPING_PLANES > 0
	varying vec3 vClipPosition;
	uniform vec4 clippingPlanes[ NUM_CLIPPING_PLANES ];
#endif`,hp=`#if NUM_CLIPPING_PLANES > 0
	varying vec3 vClipPosition;
#endif`,up=`#if NUM_CLIPPING_PLANES > 0
	vClipPosition = - mvPosition.xyz;
#endif`,dp=`#if defined( USE_COLOR ) || defined( USE_COLOR_ALPHA )
	diffuseColor *= vColor;
#endif`,fp=`#if defined( USE_COLOR ) || defined( USE_COLOR_ALPHA )
	varying vec4 vColor;
#endif`,pp=`#if defined( USE_COLOR ) || defined( USE_COLOR_ALPHA ) || defined( USE_INSTANCING_COLOR ) || defined( USE_BATCHING_COLOR )
	varying vec4 vColor;
#endif`,mp=`#if defined( USE_COLOR ) || defined( USE_COLOR_ALPHA ) || defined( USE_INSTANCING_COLOR ) || defined( USE_BATCHING_COLOR )
	vColor = vec4( 1.0 );
#endif
#ifdef USE_COLOR_ALPHA
	vColor *= color;
#elif defined( USE_COLOR )
	vColor.rgb *= color;
#endif
#ifdef USE_INSTANCING_COLOR
	vColor.rgb *= instanceColor.rgb;
#endif
#ifdef USE_BATCHING_COLOR
	vColor *= getBatchingColor( getIndirectIndex( gl_DrawID ) );
#endif`,gp=`#define PI 3.141592653589793
#define PI2 6.283185307179586
#define PI_HALF 1.5707963267948966
#define RECIPROCAL_PI 0.3183098861837907
#define RECIPROCAL_PI2 0.15915494309189535
#define EPSILON 1e-6
#ifndef saturate
#define saturate( a ) clamp( a, 0.0, 1.0 )
#endif
#define whiteComplement( a ) ( 1.0 - saturate( a ) )
float pow2( const in float x ) { return x*x; }
vec3 pow2( const in vec3 x ) { return x*x; }
float pow3( const in float x ) { return x*x*x; }
float pow4( const in float x ) { float x2 = x*x; return x2*x2; }
float max3( const in vec3 v ) { return max( max( v.x, v.y ), v.z ); }
float average( const in vec3 v ) { return dot( v, vec3( 0.3333333 ) ); }
highp float rand( const in vec2 uv ) {
	const highp float a = 12.9898, b = 78.233, c = 43758.5453;
	highp float dt = dot( uv.xy, vec2( a,b ) ), sn = mod( dt, PI );
	return fract( sin( sn ) * c );
}
#ifdef HIGH_PRECISION
	float precisionSafeLength( vec3 v ) { return length( v ); }
#else
	float precisionSafeLength( vec3 v ) {
		float maxComponent = max3( abs( v ) );
		return length( v / maxComponent ) * maxComponent;
	}
#endif
struct IncidentLight {
	vec3 color;
	vec3 direction;
	bool visible;
};
struct ReflectedLight {
	vec3 directDiffuse;
	vec3 directSpecular;
	vec3 indirectDiffuse;
	vec3 indirectSpecular;
};
#ifdef USE_ALPHAHASH
	varying vec3 vPosition;
#endif
vec3 transformDirection( in vec3 dir, in mat4 matrix ) {
	return normalize( ( matrix * vec4( dir, 0.0 ) ).xyz );
}
#define inverseTransformDirection transformDirectionByInverseViewMatrix
vec3 transformNormalByInverseViewMatrix( in vec3 normal, in mat4 viewMatrix ) {
	return normalize( ( vec4( normal, 0.0 ) * viewMatrix ).xyz );
}
vec3 transformDirectionByInverseViewMatrix( in vec3 dir, in mat4 viewMatrix ) {
	return normalize( ( vec4( dir, 0.0 ) * viewMatrix ).xyz );
}
bool isPerspectiveMatrix( mat4 m ) {
	return m[ 2 ][ 3 ] == - 1.0;
}
vec2 equirectUv( in vec3 dir ) {
	float u = atan( dir.z, dir.x ) * RECIPROCAL_PI2 + 0.5;
	float v = asin( clamp( dir.y, - 1.0, 1.0 ) ) * RECIPROCAL_PI + 0.5;
	return vec2( u, v );
}
vec3 BRDF_Lambert( const in vec3 diffuseColor ) {
	return RECIPROCAL_PI * diffuseColor;
}
vec3 F_Schlick( const in vec3 f0, const in float f90, const in float dotVH ) {
	float fresnel = exp2( ( - 5.55473 * dotVH - 6.98316 ) * dotVH );
	return f0 * ( 1.0 - fresnel ) + ( f90 * fresnel );
}
float F_Schlick( const in float f0, const in float f90, const in float dotVH ) {
	float fresnel = exp2( ( - 5.55473 * dotVH - 6.98316 ) * dotVH );
	return f0 * ( 1.0 - fresnel ) + ( f90 * fresnel );
} // validated`,yp=`vec3 transformedNormal = objectNormal;
#ifdef USE_TANGENT
	vec3 transformedTangent = objectTangent;
#endif
#ifdef USE_BATCHING
	mat3 bm = mat3( batchingMatrix );
	transformedNormal /= vec3( dot( bm[ 0 ], bm[ 0 ] ), dot( bm[ 1 ], bm[ 1 ] ), dot( bm[ 2 ], bm[ 2 ] ) );
	transformedNormal = bm * transformedNormal;
	#ifdef USE_TANGENT
		transformedTangent = bm * transformedTangent;
	#endif
#endif
#ifdef USE_INSTANCING
	mat3 im = mat3( instanceMatrix );
	transformedNormal /= vec3( dot( im[ 0 ], im[ 0 ] ), dot( im[ 1 ], im[ 1 ] ), dot( im[ 2 ], im[ 2 ] ) );
	transformedNormal = im * transformedNormal;
	#ifdef USE_TANGENT
		transformedTangent = im * transformedTangent;
	#endif
#endif
transformedNormal = normalMatrix * transformedNormal;
#ifdef FLIP_SIDED
	transformedNormal = - transformedNormal;
#endif
#ifdef USE_TANGENT
	transformedTangent = ( modelViewMatrix * vec4( transformedTangent, 0.0 ) ).xyz;
#endif`,xp=`#ifdef USE_DISPLACEMENTMAP
	uniform sampler2D displacementMap;
	uniform float displacementScale;
	uniform float displacementBias;
#endif`,vp=`#ifdef USE_DISPLACEMENTMAP
	transformed += normalize( objectNormal ) * ( texture2D( displacementMap, vDisplacementMapUv ).x * displacementScale + displacementBias );
#endif`,_p=`#ifdef USE_EMISSIVEMAP
	vec4 emissiveColor = texture2D( emissiveMap, vEmissiveMapUv );
	#ifdef DECODE_VIDEO_TEXTURE_EMISSIVE
		emissiveColor = sRGBTransferEOTF( emissiveColor );
	#endif
	totalEmissiveRadiance *= emissiveColor.rgb;
#endif`,Sp=`#ifdef USE_EMISSIVEMAP
	uniform sampler2D emissiveMap;
#endif`,bp="gl_FragColor = linearToOutputTexel( gl_FragColor );",Mp=`vec4 LinearTransferOETF( in vec4 value ) {
	return value;
}
vec4 sRGBTransferEOTF( in vec4 value ) {
	return vec4( mix( pow( value.rgb * 0.9478672986 + vec3( 0.0521327014 ), vec3( 2.4 ) ), value.rgb * 0.0773993808, vec3( lessThanEqual( value.rgb, vec3( 0.04045 ) ) ) ), value.a );
}
vec4 sRGBTransferOETF( in vec4 value ) {
	return vec4( mix( pow( value.rgb, vec3( 0.41666 ) ) * 1.055 - vec3( 0.055 ), value.rgb * 12.92, vec3( lessThanEqual( value.rgb, vec3( 0.0031308 ) ) ) ), value.a );
}`,wp=`#ifdef USE_ENVMAP
	#ifdef ENV_WORLDPOS
		vec3 cameraToFrag;
		if ( isOrthographic ) {
			cameraToFrag = normalize( vec3( - viewMatrix[ 0 ][ 2 ], - viewMatrix[ 1 ][ 2 ], - viewMatrix[ 2 ][ 2 ] ) );
		} else {
			cameraToFrag = normalize( vWorldPosition - cameraPosition );
		}
		vec3 worldNormal = transformNormalByInverseViewMatrix( normal, viewMatrix );
		#ifdef ENVMAP_MODE_REFLECTION
			vec3 reflectVec = reflect( cameraToFrag, worldNormal );
		#else
			vec3 reflectVec = refract( cameraToFrag, worldNormal, refractionRatio );
		#endif
	#else
		vec3 reflectVec = vReflect;
	#endif
	#ifdef ENVMAP_TYPE_CUBE
		vec4 envColor = textureCube( envMap, envMapRotation * reflectVec );
		#ifdef ENVMAP_BLENDING_MULTIPLY
			outgoingLight = mix( outgoingLight, outgoingLight * envColor.xyz, specularStrength * reflectivity );
		#elif defined( ENVMAP_BLENDING_MIX )
			outgoingLight = mix( outgoingLight, envColor.xyz, specularStrength * reflectivity );
		#elif defined( ENVMAP_BLENDING_ADD )
			outgoingLight += envColor.xyz * specularStrength * reflectivity;
		#endif
	#endif
#endif`,Tp=`#ifdef USE_ENVMAP
	uniform float envMapIntensity;
	uniform mat3 envMapRotation;
	uniform samplerCube envMap;
	#ifdef ENVMAP_TYPE_PMREM
		float roughnessToMip( const in float roughness ) {
			float r = clamp( roughness, 0.0, 1.0 );
			return ENVMAP_MAX_LOD * r * ( 2.0 - r );
		}
	#endif
#endif`,Ep=`#ifdef USE_ENVMAP
	uniform float reflectivity;
	#if defined( USE_BUMPMAP ) || defined( USE_NORMALMAP ) || defined( PHONG ) || defined( LAMBERT )
		#define ENV_WORLDPOS
	#endif
	#ifdef ENV_WORLDPOS
		varying vec3 vWorldPosition;
		uniform float refractionRatio;
	#else
		varying vec3 vReflect;
	#endif
#endif`,Ap=`#ifdef USE_ENVMAP
	#if defined( USE_BUMPMAP ) || defined( USE_NORMALMAP ) || defined( PHONG ) || defined( LAMBERT )
		#define ENV_WORLDPOS
	#endif
	#ifdef ENV_WORLDPOS
		
		varying vec3 vWorldPosition;
	#else
		varying vec3 vReflect;
		uniform float refractionRatio;
	#endif
#endif`,Rp=`#ifdef USE_ENVMAP
	#ifdef ENV_WORLDPOS
		vWorldPosition = worldPosition.xyz;
	#else
		vec3 cameraToVertex;
		if ( isOrthographic ) {
			cameraToVertex = normalize( vec3( - viewMatrix[ 0 ][ 2 ], - viewMatrix[ 1 ][ 2 ], - viewMatrix[ 2 ][ 2 ] ) );
		} else {
			cameraToVertex = normalize( worldPosition.xyz - cameraPosition );
		}
		vec3 worldNormal = transformNormalByInverseViewMatrix( transformedNormal, viewMatrix );
		#ifdef ENVMAP_MODE_REFLECTION
			vReflect = reflect( cameraToVertex, worldNormal );
		#else
			vReflect = refract( cameraToVertex, worldNormal, refractionRatio );
		#endif
	#endif
#endif`,Cp=`#ifdef USE_FOG
	vFogDepth = - mvPosition.z;
#endif`,Pp=`#ifdef USE_FOG
	varying float vFogDepth;
#endif`,Ip=`#ifdef USE_FOG
	#ifdef FOG_EXP2
		float fogFactor = 1.0 - exp( - fogDensity * fogDensity * vFogDepth * vFogDepth );
	#else
		float fogFactor = smoothstep( fogNear, fogFar, vFogDepth );
	#endif
	gl_FragColor.rgb = mix( gl_FragColor.rgb, fogColor, fogFactor );
#endif`,Lp=`#ifdef USE_FOG
	uniform vec3 fogColor;
	varying float vFogDepth;
	#ifdef FOG_EXP2
		uniform float fogDensity;
	#else
		uniform float fogNear;
		uniform float fogFar;
	#endif
#endif`,Up=`#ifdef USE_GRADIENTMAP
	uniform sampler2D gradientMap;
#endif
vec3 getGradientIrradiance( vec3 normal, vec3 lightDirection ) {
	float dotNL = dot( normal, lightDirection );
	vec2 coord = vec2( dotNL * 0.5 + 0.5, 0.0 );
	#ifdef USE_GRADIENTMAP
		return vec3( texture2D( gradientMap, coord ).r );
	#else
		vec2 fw = fwidth( coord ) * 0.5;
		return mix( vec3( 0.7 ), vec3( 1.0 ), smoothstep( 0.7 - fw.x, 0.7 + fw.x, coord.x ) );
	#endif
}`,Dp=`#ifdef USE_LIGHTMAP
	uniform sampler2D lightMap;
	uniform float lightMapIntensity;
#endif`,Np=`LambertMaterial material;
material.diffuseColor = diffuseColor.rgb;
material.specularStrength = specularStrength;`,Fp=`varying vec3 vViewPosition;
struct LambertMaterial {
	vec3 diffuseColor;
	float specularStrength;
};
void RE_Direct_Lambert( const in IncidentLight directLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in LambertMaterial material, inout ReflectedLight reflectedLight ) {
	float dotNL = saturate( dot( geometryNormal, directLight.direction ) );
	vec3 irradiance = dotNL * directLight.color;
	reflectedLight.directDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
}
void RE_IndirectDiffuse_Lambert( const in vec3 irradiance, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in LambertMaterial material, inout ReflectedLight reflectedLight ) {
	reflectedLight.indirectDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
}
#define RE_Direct				RE_Direct_Lambert
#define RE_IndirectDiffuse		RE_IndirectDiffuse_Lambert`,Op=`uniform bool receiveShadow;
uniform vec3 ambientLightColor;
#if defined( USE_LIGHT_PROBES )
	uniform vec3 lightProbe[ 9 ];
#endif
vec3 shGetIrradianceAt( in vec3 normal, in vec3 shCoefficients[ 9 ] ) {
	float x = normal.x, y = normal.y, z = normal.z;
	vec3 result = shCoefficients[ 0 ] * 0.886227;
	result += shCoefficients[ 1 ] * 2.0 * 0.511664 * y;
	result += shCoefficients[ 2 ] * 2.0 * 0.511664 * z;
	result += shCoefficients[ 3 ] * 2.0 * 0.511664 * x;
	result += shCoefficients[ 4 ] * 2.0 * 0.429043 * x * y;
	result += shCoefficients[ 5 ] * 2.0 * 0.429043 * y * z;
	result += shCoefficients[ 6 ] * ( 0.743125 * z * z - 0.247708 );
	result += shCoefficients[ 7 ] * 2.0 * 0.429043 * x * z;
	result += shCoefficients[ 8 ] * 0.429043 * ( x * x - y * y );
	return result;
}
vec3 getLightProbeIrradiance( const in vec3 lightProbe[ 9 ], const in vec3 normal ) {
	vec3 worldNormal = transformNormalByInverseViewMatrix( normal, viewMatrix );
	vec3 irradiance = shGetIrradianceAt( worldNormal, lightProbe );
	return irradiance;
}
vec3 getAmbientLightIrradiance( const in vec3 ambientLightColor ) {
	vec3 irradiance = ambientLightColor;
	return irradiance;
}
float getDistanceAttenuation( const in float lightDistance, const in float cutoffDistance, const in float decayExponent ) {
	float distanceFalloff = 1.0 / max( pow( lightDistance, decayExponent ), 0.01 );
	if ( cutoffDistance > 0.0 ) {
		distanceFalloff *= pow2( saturate( 1.0 - pow4( lightDistance / cutoffDistance ) ) );
	}
	return distanceFalloff;
}
float getSpotAttenuation( const in float coneCosine, const in float penumbraCosine, const in float angleCosine ) {
	return smoothstep( coneCosine, penumbraCosine, angleCosine );
}
#if NUM_SUN_LIGHTS > 0
	struct SunLight {
		vec3 direction;
		vec3 color;
	};
	uniform SunLight sunLights[ NUM_SUN_LIGHTS ];
	void getSunLightInfo( const in SunLight sunLight, out IncidentLight light ) {
		light.color = sunLight.color;
		light.direction = sunLight.direction;
		light.visible = true;
	}
#endif
#if NUM_DIR_LIGHTS > 0
	struct DirectionalLight {
		vec3 direction;
		vec3 color;
	};
	uniform DirectionalLight directionalLights[ NUM_DIR_LIGHTS ];
	void getDirectionalLightInfo( const in DirectionalLight directionalLight, out IncidentLight light ) {
		light.color = directionalLight.color;
		light.direction = directionalLight.direction;
		light.visible = true;
	}
#endif
#if NUM_POINT_LIGHTS > 0
	struct PointLight {
		vec3 position;
		vec3 color;
		float distance;
		float decay;
	};
	uniform PointLight pointLights[ NUM_POINT_LIGHTS ];
	void getPointLightInfo( const in PointLight pointLight, const in vec3 geometryPosition, out IncidentLight light ) {
		vec3 lVector = pointLight.position - geometryPosition;
		light.direction = normalize( lVector );
		float lightDistance = length( lVector );
		light.color = pointLight.color;
		light.color *= getDistanceAttenuation( lightDistance, pointLight.distance, pointLight.decay );
		light.visible = ( light.color != vec3( 0.0 ) );
	}
#endif
#if NUM_SPOT_LIGHTS > 0
	struct SpotLight {
		vec3 position;
		vec3 direction;
		vec3 color;
		float distance;
		float decay;
		float coneCos;
		float penumbraCos;
	};
	uniform SpotLight spotLights[ NUM_SPOT_LIGHTS ];
	void getSpotLightInfo( const in SpotLight spotLight, const in vec3 geometryPosition, out IncidentLight light ) {
		vec3 lVector = spotLight.position - geometryPosition;
		light.direction = normalize( lVector );
		float angleCos = dot( light.direction, spotLight.direction );
		float spotAttenuation = getSpotAttenuation( spotLight.coneCos, spotLight.penumbraCos, angleCos );
		if ( spotAttenuation > 0.0 ) {
			float lightDistance = length( lVector );
			light.color = spotLight.color * spotAttenuation;
			light.color *= getDistanceAttenuation( lightDistance, spotLight.distance, spotLight.decay );
			light.visible = ( light.color != vec3( 0.0 ) );
		} else {
			light.color = vec3( 0.0 );
			light.visible = false;
		}
	}
#endif
#if NUM_RECT_AREA_LIGHTS > 0
	struct RectAreaLight {
		vec3 color;
		vec3 position;
		vec3 halfWidth;
		vec3 halfHeight;
	};
	uniform sampler2D ltc_1;	uniform sampler2D ltc_2;
	uniform RectAreaLight rectAreaLights[ NUM_RECT_AREA_LIGHTS ];
#endif
#if NUM_HEMI_LIGHTS > 0
	struct HemisphereLight {
		vec3 direction;
		vec3 skyColor;
		vec3 groundColor;
	};
	uniform HemisphereLight hemisphereLights[ NUM_HEMI_LIGHTS ];
	vec3 getHemisphereLightIrradiance( const in HemisphereLight hemiLight, const in vec3 normal ) {
		float dotNL = dot( normal, hemiLight.direction );
		float hemiDiffuseWeight = 0.5 * dotNL + 0.5;
		vec3 irradiance = mix( hemiLight.groundColor, hemiLight.skyColor, hemiDiffuseWeight );
		return irradiance;
	}
#endif
#include <lightprobes_pars_fragment>`,Bp=`#ifdef USE_ENVMAP
	vec3 getIBLIrradiance( const in vec3 normal ) {
		#ifdef ENVMAP_TYPE_PMREM
			vec3 worldNormal = transformNormalByInverseViewMatrix( normal, viewMatrix );
			vec4 envMapColor = textureLod( envMap, envMapRotation * worldNormal, ENVMAP_MAX_LOD );
			return PI * envMapColor.rgb * envMapIntensity;
		#else
			return vec3( 0.0 );
		#endif
	}
	vec3 getIBLRadiance( const in vec3 viewDir, const in vec3 normal, const in float roughness ) {
		#ifdef ENVMAP_TYPE_PMREM
			vec3 reflectVec = reflect( - viewDir, normal );
			reflectVec = normalize( mix( reflectVec, normal, pow4( roughness ) ) );
			reflectVec = transformDirectionByInverseViewMatrix( reflectVec, viewMatrix );
			vec4 envMapColor = textureLod( envMap, envMapRotation * reflectVec, roughnessToMip( roughness ) );
			return envMapColor.rgb * envMapIntensity;
		#else
			return vec3( 0.0 );
		#endif
	}
	#ifdef USE_RETROREFLECTION
		vec3 getIBLRetroRadiance( const in vec3 viewDir, const in vec3 normal, const in float roughness ) {
			#ifdef ENVMAP_TYPE_PMREM
				vec3 retroVec = normalize( mix( viewDir, normal, pow4( roughness ) ) );
				retroVec = transformDirectionByInverseViewMatrix( retroVec, viewMatrix );
				vec4 envMapColor = textureLod( envMap, envMapRotation * retroVec, roughnessToMip( roughness ) );
				return envMapColor.rgb * envMapIntensity;
			#else
				return vec3( 0.0 );
			#endif
		}
	#endif
	#ifdef USE_ANISOTROPY
		vec3 getIBLAnisotropyRadiance( const in vec3 viewDir, const in vec3 normal, const in float roughness, const in vec3 bitangent, const in float anisotropy ) {
			#ifdef ENVMAP_TYPE_PMREM
				vec3 bentNormal = cross( bitangent, viewDir );
				bentNormal = normalize( cross( bentNormal, bitangent ) );
				bentNormal = normalize( mix( bentNormal, normal, pow2( pow2( 1.0 - anisotropy * ( 1.0 - roughness ) ) ) ) );
				return getIBLRadiance( viewDir, bentNormal, roughness );
			#else
				return vec3( 0.0 );
			#endif
		}
		#ifdef USE_RETROREFLECTION
			vec3 getIBLAnisotropyRetroRadiance( const in vec3 viewDir, const in vec3 normal, const in float roughness, const in vec3 bitangent, const in float anisotropy ) {
				#ifdef ENVMAP_TYPE_PMREM
					vec3 bentNormal = cross( bitangent, viewDir );
					bentNormal = normalize( cross( bentNormal, bitangent ) );
					bentNormal = normalize( mix( bentNormal, normal, pow2( pow2( 1.0 - anisotropy * ( 1.0 - roughness ) ) ) ) );
					return getIBLRetroRadiance( viewDir, bentNormal, roughness );
				#else
					return vec3( 0.0 );
				#endif
			}
		#endif
	#endif
#endif`,kp=`ToonMaterial material;
material.diffuseColor = diffuseColor.rgb;`,zp=`varying vec3 vViewPosition;
struct ToonMaterial {
	vec3 diffuseColor;
};
void RE_Direct_Toon( const in IncidentLight directLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in ToonMaterial material, inout ReflectedLight reflectedLight ) {
	vec3 irradiance = getGradientIrradiance( geometryNormal, directLight.direction ) * directLight.color;
	reflectedLight.directDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
}
void RE_IndirectDiffuse_Toon( const in vec3 irradiance, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in ToonMaterial material, inout ReflectedLight reflectedLight ) {
	reflectedLight.indirectDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
}
#define RE_Direct				RE_Direct_Toon
#define RE_IndirectDiffuse		RE_IndirectDiffuse_Toon`,Vp=`BlinnPhongMaterial material;
material.diffuseColor = diffuseColor.rgb;
material.specularColor = specular;
material.specularShininess = shininess;
material.specularStrength = specularStrength;`,Gp=`varying vec3 vViewPosition;
struct BlinnPhongMaterial {
	vec3 diffuseColor;
	vec3 specularColor;
	float specularShininess;
	float specularStrength;
};
void RE_Direct_BlinnPhong( const in IncidentLight directLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in BlinnPhongMaterial material, inout ReflectedLight reflectedLight ) {
	float dotNL = saturate( dot( geometryNormal, directLight.direction ) );
	vec3 irradiance = dotNL * directLight.color;
	reflectedLight.directDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
	reflectedLight.directSpecular += irradiance * BRDF_BlinnPhong( directLight.direction, geometryViewDir, geometryNormal, material.specularColor, material.specularShininess ) * material.specularStrength;
}
void RE_IndirectDiffuse_BlinnPhong( const in vec3 irradiance, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in BlinnPhongMaterial material, inout ReflectedLight reflectedLight ) {
	reflectedLight.indirectDiffuse += irradiance * BRDF_Lambert( material.diffuseColor );
}
#define RE_Direct				RE_Direct_BlinnPhong
#define RE_IndirectDiffuse		RE_IndirectDiffuse_BlinnPhong`,Hp=`PhysicalMaterial material;
material.diffuseColor = diffuseColor.rgb;
material.diffuseContribution = diffuseColor.rgb * ( 1.0 - metalnessFactor );
material.metalness = metalnessFactor;
vec3 dxy = max( abs( dFdx( nonPerturbedNormal ) ), abs( dFdy( nonPerturbedNormal ) ) );
float geometryRoughness = max( max( dxy.x, dxy.y ), dxy.z );
material.roughness = max( roughnessFactor, 0.045 );
material.roughness += geometryRoughness;
material.roughness = min( material.roughness, 1.0 );
#ifdef USE_DIFFUSE_ROUGHNESS
	float diffuseRoughnessFactor = diffuseRoughness;
	#ifdef USE_DIFFUSE_ROUGHNESSMAP
		diffuseRoughnessFactor *= texture2D( diffuseRoughnessMap, vDiffuseRoughnessMapUv ).r;
	#endif
	material.diffuseRoughness = saturate( diffuseRoughnessFactor );
#endif
#ifdef IOR
	material.ior = ior;
	#ifdef USE_SPECULAR
		float specularIntensityFactor = specularIntensity;
		vec3 specularColorFactor = specularColor;
		#ifdef USE_SPECULAR_COLORMAP
			specularColorFactor *= texture2D( specularColorMap, vSpecularColorMapUv ).rgb;
		#endif
		#ifdef USE_SPECULAR_INTENSITYMAP
			specularIntensityFactor *= texture2D( specularIntensityMap, vSpecularIntensityMapUv ).a;
		#endif
		material.specularF90 = mix( specularIntensityFactor, 1.0, metalnessFactor );
	#else
		float specularIntensityFactor = 1.0;
		vec3 specularColorFactor = vec3( 1.0 );
		material.specularF90 = 1.0;
	#endif
	material.specularColor = min( pow2( ( material.ior - 1.0 ) / ( material.ior + 1.0 ) ) * specularColorFactor, vec3( 1.0 ) ) * specularIntensityFactor;
	material.specularColorBlended = mix( material.specularColor, diffuseColor.rgb, metalnessFactor );
#else
	material.specularColor = vec3( 0.04 );
	material.specularColorBlended = mix( material.specularColor, diffuseColor.rgb, metalnessFactor );
	material.specularF90 = 1.0;
#endif
#ifdef USE_CLEARCOAT
	material.clearcoat = clearcoat;
	material.clearcoatRoughness = clearcoatRoughness;
	material.clearcoatF0 = vec3( 0.04 );
	material.clearcoatF90 = 1.0;
	#ifdef USE_CLEARCOATMAP
		material.clearcoat *= texture2D( clearcoatMap, vClearcoatMapUv ).x;
	#endif
	#ifdef USE_CLEARCOAT_ROUGHNESSMAP
		material.clearcoatRoughness *= texture2D( clearcoatRoughnessMap, vClearcoatRoughnessMapUv ).y;
	#endif
	material.clearcoat = saturate( material.clearcoat );	material.clearcoatRoughness = max( material.clearcoatRoughness, 0.045 );
	material.clearcoatRoughness += geometryRoughness;
	material.clearcoatRoughness = min( material.clearcoatRoughness, 1.0 );
#endif
#ifdef USE_DISPERSION
	material.dispersion = dispersion;
#endif
#ifdef USE_RETROREFLECTION
	material.retroreflectivity = retroreflectivity;
#endif
#ifdef USE_IRIDESCENCE
	material.iridescence = iridescence;
	material.iridescenceIOR = iridescenceIOR;
	#ifdef USE_IRIDESCENCEMAP
		material.iridescence *= texture2D( iridescenceMap, vIridescenceMapUv ).r;
	#endif
	#ifdef USE_IRIDESCENCE_THICKNESSMAP
		material.iridescenceThickness = (iridescenceThicknessMaximum - iridescenceThicknessMinimum) * texture2D( iridescenceThicknessMap, vIridescenceThicknessMapUv ).g + iridescenceThicknessMinimum;
	#else
		material.iridescenceThickness = iridescenceThicknessMaximum;
	#endif
#endif
#ifdef USE_SHEEN
	material.sheenColor = sheenColor;
	#ifdef USE_SHEEN_COLORMAP
		material.sheenColor *= texture2D( sheenColorMap, vSheenColorMapUv ).rgb;
	#endif
	material.sheenRoughness = clamp( sheenRoughness, 0.0001, 1.0 );
	#ifdef USE_SHEEN_ROUGHNESSMAP
		material.sheenRoughness *= texture2D( sheenRoughnessMap, vSheenRoughnessMapUv ).a;
	#endif
#endif
#ifdef USE_ANISOTROPY
	#ifdef USE_ANISOTROPYMAP
		mat2 anisotropyMat = mat2( anisotropyVector.x, anisotropyVector.y, - anisotropyVector.y, anisotropyVector.x );
		vec3 anisotropyPolar = texture2D( anisotropyMap, vAnisotropyMapUv ).rgb;
		vec2 anisotropyV = anisotropyMat * normalize( 2.0 * anisotropyPolar.rg - vec2( 1.0 ) ) * anisotropyPolar.b;
	#else
		vec2 anisotropyV = anisotropyVector;
	#endif
	material.anisotropy = length( anisotropyV );
	if( material.anisotropy == 0.0 ) {
		anisotropyV = vec2( 1.0, 0.0 );
	} else {
		anisotropyV /= material.anisotropy;
		material.anisotropy = saturate( material.anisotropy );
	}
	material.alphaT = mix( pow2( material.roughness ), 1.0, pow2( material.anisotropy ) );
	material.anisotropyT = tbn[ 0 ] * anisotropyV.x + tbn[ 1 ] * anisotropyV.y;
	material.anisotropyB = tbn[ 1 ] * anisotropyV.x - tbn[ 0 ] * anisotropyV.y;
#endif`,Wp=`uniform sampler2D dfgLUT;
struct PhysicalMaterial {
	vec3 diffuseColor;
	vec3 diffuseContribution;
	vec3 specularColor;
	vec3 specularColorBlended;
	float roughness;
	float metalness;
	float specularF90;
	float dispersion;
	vec2 dfg;
	vec3 multiScatteringCompensation;
	#ifdef USE_DIFFUSE_ROUGHNESS
		float diffuseRoughness;
	#endif
	#ifdef USE_RETROREFLECTION
		float retroreflectivity;
	#endif
	#ifdef USE_CLEARCOAT
		float clearcoat;
		float clearcoatRoughness;
		vec3 clearcoatF0;
		float clearcoatF90;
	#endif
	#ifdef USE_IRIDESCENCE
		float iridescence;
		float iridescenceIOR;
		float iridescenceThickness;
		vec3 iridescenceFresnel;
		vec3 iridescenceF0Dielectric;
		vec3 iridescenceF0Metallic;
	#endif
	#ifdef USE_SHEEN
		vec3 sheenColor;
		float sheenRoughness;
	#endif
	#ifdef IOR
		float ior;
	#endif
	#ifdef USE_TRANSMISSION
		float transmission;
		float transmissionAlpha;
		float thickness;
		float attenuationDistance;
		vec3 attenuationColor;
	#endif
	#ifdef USE_ANISOTROPY
		float anisotropy;
		float alphaT;
		vec3 anisotropyT;
		vec3 anisotropyB;
	#endif
};
vec3 clearcoatSpecularDirect = vec3( 0.0 );
vec3 clearcoatSpecularIndirect = vec3( 0.0 );
vec3 sheenSpecularDirect = vec3( 0.0 );
vec3 sheenSpecularIndirect = vec3(0.0 );
vec3 Schlick_to_F0( const in vec3 f, const in float f90, const in float dotVH ) {
    float x = clamp( 1.0 - dotVH, 0.0, 1.0 );
    float x2 = x * x;
    float x5 = clamp( x * x2 * x2, 0.0, 0.9999 );
    return ( f - vec3( f90 ) * x5 ) / ( 1.0 - x5 );
}
#ifdef USE_DIFFUSE_ROUGHNESS
	const float EON_EPSILON = 1e-7;
	float FON_DirectionalAlbedo( const in float mu, const in float roughness, const in float A ) {
		float muComp = 1.0 - mu;
		float gOverPi = muComp * ( 0.0571085289 + muComp * ( 0.491881867 + muComp * ( - 0.332181442 + muComp * 0.0714429953 ) ) );
		return A * ( 1.0 + roughness * gOverPi );
	}
	vec3 BRDF_EON( const in vec3 lightDir, const in vec3 viewDir, const in vec3 normal, const in vec3 diffuseColor, const in float roughness ) {
		vec3 rho = saturate( diffuseColor );
		if ( roughness <= EON_EPSILON ) return BRDF_Lambert( rho );
		float dotNL = saturate( dot( normal, lightDir ) );
		float dotNV = saturate( dot( normal, viewDir ) );
		float s = dot( lightDir, viewDir ) - dotNL * dotNV;
		float sOverT = ( s > 0.0 ) ? s / max( max( dotNL, dotNV ), EON_EPSILON ) : s;
		float A = 1.0 / ( 1.0 + ( 0.5 - 2.0 / ( 3.0 * PI ) ) * roughness );
		vec3 singleScatter = rho * RECIPROCAL_PI * A * ( 1.0 + roughness * sOverT );
		float averageAlbedo = A * ( 1.0 + ( 2.0 / 3.0 - 28.0 / ( 15.0 * PI ) ) * roughness );
		float albedoV = FON_DirectionalAlbedo( dotNV, roughness, A );
		float albedoL = FON_DirectionalAlbedo( dotNL, roughness, A );
		vec3 rhoMultiScatter = rho * rho * averageAlbedo / max( vec3( EON_EPSILON ), vec3( 1.0 ) - rho * ( 1.0 - averageAlbedo ) );
		vec3 multiScatter = rhoMultiScatter * RECIPROCAL_PI
			* max( EON_EPSILON, 1.0 - albedoV )
			* max( EON_EPSILON, 1.0 - albedoL )
			/ max( EON_EPSILON, 1.0 - averageAlbedo );
		return singleScatter + multiScatter;
	}
	vec3 EON_DirectionalAlbedo( const in vec3 diffuseColor, const in float roughness, const in float dotNV ) {
		vec3 rho = saturate( diffuseColor );
		if ( roughness <= EON_EPSILON ) return rho;
		float A = 1.0 / ( 1.0 + ( 0.5 - 2.0 / ( 3.0 * PI ) ) * roughness );
		float directionalAlbedo = FON_DirectionalAlbedo( dotNV, roughness, A );
		float averageAlbedo = A * ( 1.0 + ( 2.0 / 3.0 - 28.0 / ( 15.0 * PI ) ) * roughness );
		vec3 rhoMultiScatter = rho * rho * averageAlbedo / max( vec3( EON_EPSILON ), vec3( 1.0 ) - rho * ( 1.0 - averageAlbedo ) );
		return rho * directionalAlbedo + rhoMultiScatter * ( 1.0 - directionalAlbedo );
	}
#endif
float V_GGX_SmithCorrelated( const in float alpha, const in float dotNL, const in float dotNV ) {
	float a2 = pow2( alpha );
	float gv = dotNL * sqrt( a2 + ( 1.0 - a2 ) * pow2( dotNV ) );
	float gl = dotNV * sqrt( a2 + ( 1.0 - a2 ) * pow2( dotNL ) );
	return 0.5 / max( gv + gl, EPSILON );
}
float D_GGX( const in float alpha, const in float dotNH ) {
	float a2 = pow2( alpha );
	float denom = pow2( dotNH ) * ( a2 - 1.0 ) + 1.0;
	return RECIPROCAL_PI * a2 / pow2( denom );
}
#ifdef USE_ANISOTROPY
	float V_GGX_SmithCorrelated_Anisotropic( const in float alphaT, const in float alphaB, const in float dotTV, const in float dotBV, const in float dotTL, const in float dotBL, const in float dotNV, const in float dotNL ) {
		float gv = dotNL * length( vec3( alphaT * dotTV, alphaB * dotBV, dotNV ) );
		float gl = dotNV * length( vec3( alphaT * dotTL, alphaB * dotBL, dotNL ) );
		return 0.5 / max( gv + gl, EPSILON );
	}
	float D_GGX_Anisotropic( const in float alphaT, const in float alphaB, const in float dotNH, const in float dotTH, const in float dotBH ) {
		float a2 = alphaT * alphaB;
		highp vec3 v = vec3( alphaB * dotTH, alphaT * dotBH, a2 * dotNH );
		highp float v2 = dot( v, v );
		float w2 = a2 / v2;
		return RECIPROCAL_PI * a2 * pow2 ( w2 );
	}
#endif
#ifdef USE_CLEARCOAT
	vec3 BRDF_GGX_Clearcoat( const in vec3 lightDir, const in vec3 viewDir, const in vec3 normal, const in PhysicalMaterial material) {
		vec3 f0 = material.clearcoatF0;
		float f90 = material.clearcoatF90;
		float roughness = max( material.clearcoatRoughness, 0.045 );
		float alpha = pow2( roughness );
		vec3 halfDir = normalize( lightDir + viewDir );
		float dotNL = saturate( dot( normal, lightDir ) );
		float dotNV = saturate( dot( normal, viewDir ) );
		float dotNH = saturate( dot( normal, halfDir ) );
		float dotVH = saturate( dot( viewDir, halfDir ) );
		vec3 F = F_Schlick( f0, f90, dotVH );
		float V = V_GGX_SmithCorrelated( alpha, dotNL, dotNV );
		float D = D_GGX( alpha, dotNH );
		return F * ( V * D );
	}
#endif
vec3 BRDF_GGX( const in vec3 lightDir, const in vec3 viewDir, const in vec3 normal, const in PhysicalMaterial material ) {
	vec3 f0 = material.specularColorBlended;
	float f90 = material.specularF90;
	float roughness = max( material.roughness, 0.045 );
	float alpha = pow2( roughness );
	vec3 halfDir = normalize( lightDir + viewDir );
	float dotNL = saturate( dot( normal, lightDir ) );
	float dotNV = saturate( dot( normal, viewDir ) );
	float dotNH = saturate( dot( normal, halfDir ) );
	float dotVH = saturate( dot( viewDir, halfDir ) );
	vec3 F = F_Schlick( f0, f90, dotVH );
	#ifdef USE_IRIDESCENCE
		F = mix( F, material.iridescenceFresnel, material.iridescence );
	#endif
	#ifdef USE_ANISOTROPY
		float dotTL = dot( material.anisotropyT, lightDir );
		float dotTV = dot( material.anisotropyT, viewDir );
		float dotTH = dot( material.anisotropyT, halfDir );
		float dotBL = dot( material.anisotropyB, lightDir );
		float dotBV = dot( material.anisotropyB, viewDir );
		float dotBH = dot( material.anisotropyB, halfDir );
		float alphaT = max( material.alphaT, alpha );
		float V = V_GGX_SmithCorrelated_Anisotropic( alphaT, alpha, dotTV, dotBV, dotTL, dotBL, dotNV, dotNL );
		float D = D_GGX_Anisotropic( alphaT, alpha, dotNH, dotTH, dotBH );
	#else
		float V = V_GGX_SmithCorrelated( alpha, dotNL, dotNV );
		float D = D_GGX( alpha, dotNH );
	#endif
	return F * ( V * D );
}
vec2 LTC_Uv( const in vec3 N, const in vec3 V, const in float roughness ) {
	const float LUT_SIZE = 64.0;
	const float LUT_SCALE = ( LUT_SIZE - 1.0 ) / LUT_SIZE;
	const float LUT_BIAS = 0.5 / LUT_SIZE;
	float dotNV = saturate( dot( N, V ) );
	vec2 uv = vec2( roughness, sqrt( 1.0 - dotNV ) );
	uv = uv * LUT_SCALE + LUT_BIAS;
	return uv;
}
float LTC_ClippedSphereFormFactor( const in vec3 f ) {
	float l = length( f );
	return max( ( l * l + f.z ) / ( l + 1.0 ), 0.0 );
}
vec3 LTC_EdgeVectorFormFactor( const in vec3 v1, const in vec3 v2 ) {
	float x = dot( v1, v2 );
	float y = abs( x );
	float a = 0.8543985 + ( 0.4965155 + 0.0145206 * y ) * y;
	float b = 3.4175940 + ( 4.1616724 + y ) * y;
	float v = a / b;
	float theta_sintheta = ( x > 0.0 ) ? v : 0.5 * inversesqrt( max( 1.0 - x * x, 1e-7 ) ) - v;
	return cross( v1, v2 ) * theta_sintheta;
}
vec3 LTC_Evaluate( const in vec3 N, const in vec3 V, const in vec3 P, const in mat3 mInv, const in vec3 rectCoords[ 4 ] ) {
	vec3 v1 = rectCoords[ 1 ] - rectCoords[ 0 ];
	vec3 v2 = rectCoords[ 3 ] - rectCoords[ 0 ];
	vec3 lightNormal = cross( v1, v2 );
	if( dot( lightNormal, P - rectCoords[ 0 ] ) < 0.0 ) return vec3( 0.0 );
	vec3 T1, T2;
	T1 = normalize( V - N * dot( V, N ) );
	T2 = - cross( N, T1 );
	mat3 mat = mInv * transpose( mat3( T1, T2, N ) );
	vec3 coords[ 4 ];
	coords[ 0 ] = mat * ( rectCoords[ 0 ] - P );
	coords[ 1 ] = mat * ( rectCoords[ 1 ] - P );
	coords[ 2 ] = mat * ( rectCoords[ 2 ] - P );
	coords[ 3 ] = mat * ( rectCoords[ 3 ] - P );
	coords[ 0 ] = normalize( coords[ 0 ] );
	coords[ 1 ] = normalize( coords[ 1 ] );
	coords[ 2 ] = normalize( coords[ 2 ] );
	coords[ 3 ] = normalize( coords[ 3 ] );
	vec3 vectorFormFactor = vec3( 0.0 );
	vectorFormFactor += LTC_EdgeVectorFormFactor( coords[ 0 ], coords[ 1 ] );
	vectorFormFactor += LTC_EdgeVectorFormFactor( coords[ 1 ], coords[ 2 ] );
	vectorFormFactor += LTC_EdgeVectorFormFactor( coords[ 2 ], coords[ 3 ] );
	vectorFormFactor += LTC_EdgeVectorFormFactor( coords[ 3 ], coords[ 0 ] );
	float result = LTC_ClippedSphereFormFactor( vectorFormFactor );
	return vec3( result );
}
#if defined( USE_SHEEN )
float D_Charlie( float roughness, float dotNH ) {
	float alpha = pow2( roughness );
	float invAlpha = 1.0 / alpha;
	float cos2h = dotNH * dotNH;
	float sin2h = max( 1.0 - cos2h, 0.0078125 );
	return ( 2.0 + invAlpha ) * pow( sin2h, invAlpha * 0.5 ) / ( 2.0 * PI );
}
float V_Neubelt( float dotNV, float dotNL ) {
	return saturate( 1.0 / ( 4.0 * ( dotNL + dotNV - dotNL * dotNV ) ) );
}
vec3 BRDF_Sheen( const in vec3 lightDir, const in vec3 viewDir, const in vec3 normal, vec3 sheenColor, const in float sheenRoughness ) {
	vec3 halfDir = normalize( lightDir + viewDir );
	float dotNL = saturate( dot( normal, lightDir ) );
	float dotNV = saturate( dot( normal, viewDir ) );
	float dotNH = saturate( dot( normal, halfDir ) );
	float D = D_Charlie( sheenRoughness, dotNH );
	float V = V_Neubelt( dotNV, dotNL );
	return sheenColor * ( D * V );
}
#endif
float IBLSheenBRDF( const in vec3 normal, const in vec3 viewDir, const in float roughness ) {
	float dotNV = saturate( dot( normal, viewDir ) );
	float r2 = roughness * roughness;
	float rInv = 1.0 / ( roughness + 0.1 );
	float a = -1.9362 + 1.0678 * roughness + 0.4573 * r2 - 0.8469 * rInv;
	float b = -0.6014 + 0.5538 * roughness - 0.4670 * r2 - 0.1255 * rInv;
	float DG = exp( a * dotNV + b );
	return saturate( DG );
}
vec3 EnvironmentBRDF( const in vec3 normal, const in vec3 viewDir, const in vec3 specularColor, const in float specularF90, const in float roughness ) {
	float dotNV = saturate( dot( normal, viewDir ) );
	vec2 fab = texture2D( dfgLUT, vec2( roughness, dotNV ) ).rg;
	return specularColor * fab.x + specularF90 * fab.y;
}
#ifdef USE_IRIDESCENCE
void computeMultiscatteringIridescence( const in vec2 fab, const in vec3 specularColor, const in float specularF90, const in float iridescence, const in vec3 iridescenceF0, inout vec3 singleScatter, inout vec3 multiScatter ) {
#else
void computeMultiscattering( const in vec2 fab, const in vec3 specularColor, const in float specularF90, inout vec3 singleScatter, inout vec3 multiScatter ) {
#endif
	#ifdef USE_IRIDESCENCE
		vec3 Fr = mix( specularColor, iridescenceF0, iridescence );
	#else
		vec3 Fr = specularColor;
	#endif
	vec3 FssEss = Fr * fab.x + specularF90 * fab.y;
	float Ess = fab.x + fab.y;
	float Ems = 1.0 - Ess;
	vec3 Favg = Fr + ( 1.0 - Fr ) * 0.047619;	vec3 Fms = FssEss * Favg / ( 1.0 - Ems * Favg );
	singleScatter += FssEss;
	multiScatter += Fms * Ems;
}
#if NUM_RECT_AREA_LIGHTS > 0
	void RE_Direct_RectArea_Physical( const in RectAreaLight rectAreaLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight ) {
		vec3 normal = geometryNormal;
		vec3 viewDir = geometryViewDir;
		vec3 position = geometryPosition;
		vec3 lightPos = rectAreaLight.position;
		vec3 halfWidth = rectAreaLight.halfWidth;
		vec3 halfHeight = rectAreaLight.halfHeight;
		vec3 lightColor = rectAreaLight.color;
		float roughness = material.roughness;
		vec3 rectCoords[ 4 ];
		rectCoords[ 0 ] = lightPos + halfWidth - halfHeight;		rectCoords[ 1 ] = lightPos - halfWidth - halfHeight;
		rectCoords[ 2 ] = lightPos - halfWidth + halfHeight;
		rectCoords[ 3 ] = lightPos + halfWidth + halfHeight;
		vec2 uv = LTC_Uv( normal, viewDir, roughness );
		vec4 t1 = texture2D( ltc_1, uv );
		vec4 t2 = texture2D( ltc_2, uv );
		mat3 mInv = mat3(
			vec3( t1.x, 0, t1.y ),
			vec3(    0, 1,    0 ),
			vec3( t1.z, 0, t1.w )
		);
		vec3 fresnel = ( material.specularColorBlended * t2.x + ( material.specularF90 - material.specularColorBlended ) * t2.y );
		reflectedLight.directSpecular += lightColor * fresnel * LTC_Evaluate( normal, viewDir, position, mInv, rectCoords );
		reflectedLight.directDiffuse += lightColor * material.diffuseContribution * LTC_Evaluate( normal, viewDir, position, mat3( 1.0 ), rectCoords );
		#ifdef USE_CLEARCOAT
			vec3 Ncc = geometryClearcoatNormal;
			vec2 uvClearcoat = LTC_Uv( Ncc, viewDir, material.clearcoatRoughness );
			vec4 t1Clearcoat = texture2D( ltc_1, uvClearcoat );
			vec4 t2Clearcoat = texture2D( ltc_2, uvClearcoat );
			mat3 mInvClearcoat = mat3(
				vec3( t1Clearcoat.x, 0, t1Clearcoat.y ),
				vec3(             0, 1,             0 ),
				vec3( t1Clearcoat.z, 0, t1Clearcoat.w )
			);
			vec3 fresnelClearcoat = material.clearcoatF0 * t2Clearcoat.x + ( material.clearcoatF90 - material.clearcoatF0 ) * t2Clearcoat.y;
			clearcoatSpecularDirect += lightColor * fresnelClearcoat * LTC_Evaluate( Ncc, viewDir, position, mInvClearcoat, rectCoords );
		#endif
	}
#endif
void RE_Direct_Physical( const in IncidentLight directLight, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight ) {
	float dotNL = saturate( dot( geometryNormal, directLight.direction ) );
	vec3 irradiance = dotNL * directLight.color;
	#ifdef USE_CLEARCOAT
		float dotNLcc = saturate( dot( geometryClearcoatNormal, directLight.direction ) );
		vec3 ccIrradiance = dotNLcc * directLight.color;
		clearcoatSpecularDirect += ccIrradiance * BRDF_GGX_Clearcoat( directLight.direction, geometryViewDir, geometryClearcoatNormal, material );
	#endif
	#ifdef USE_SHEEN
 
 		sheenSpecularDirect += irradiance * BRDF_Sheen( directLight.direction, geometryViewDir, geometryNormal, material.sheenColor, material.sheenRoughness );
 
 		float sheenAlbedoV = IBLSheenBRDF( geometryNormal, geometryViewDir, material.sheenRoughness );
 		float sheenAlbedoL = IBLSheenBRDF( geometryNormal, directLight.direction, material.sheenRoughness );
 
 		float sheenEnergyComp = 1.0 - max3( material.sheenColor ) * max( sheenAlbedoV, sheenAlbedoL );
 
 		irradiance *= sheenEnergyComp;
 
 	#endif
	vec3 specularBRDF = BRDF_GGX( directLight.direction, geometryViewDir, geometryNormal, material );
	#ifdef USE_RETROREFLECTION
		vec3 retroViewDir = reflect( - geometryViewDir, geometryNormal );
		vec3 retroSpecularBRDF = BRDF_GGX( directLight.direction, retroViewDir, geometryNormal, material );
		specularBRDF = mix( specularBRDF, retroSpecularBRDF, saturate( material.retroreflectivity ) );
	#endif
	reflectedLight.directSpecular += irradiance * specularBRDF * material.multiScatteringCompensation;
	vec3 halfDir = normalize( directLight.direction + geometryViewDir );
	float dotVH = saturate( dot( geometryViewDir, halfDir ) );
	vec3 F = F_Schlick( material.specularColor, material.specularF90, dotVH );
	#ifdef USE_RETROREFLECTION
		vec3 retroHalfDir = normalize( directLight.direction + retroViewDir );
		float dotRetroVH = saturate( dot( retroViewDir, retroHalfDir ) );
		vec3 retroF = F_Schlick( material.specularColor, material.specularF90, dotRetroVH );
		F = mix( F, retroF, saturate( material.retroreflectivity ) );
	#endif
	#ifdef USE_DIFFUSE_ROUGHNESS
		vec3 diffuseBRDF = BRDF_EON( directLight.direction, geometryViewDir, geometryNormal, material.diffuseColor, material.diffuseRoughness ) * ( 1.0 - material.metalness );
	#else
		vec3 diffuseBRDF = BRDF_Lambert( material.diffuseContribution );
	#endif
	reflectedLight.directDiffuse += irradiance * diffuseBRDF * ( 1.0 - F );
}
void RE_IndirectDiffuse_Physical( const in vec3 irradiance, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight ) {
	vec3 singleScattering = vec3( 0.0 );
	vec3 multiScattering = vec3( 0.0 );
	#ifdef USE_IRIDESCENCE
		computeMultiscatteringIridescence( material.dfg, material.specularColor, material.specularF90, material.iridescence, material.iridescenceF0Dielectric, singleScattering, multiScattering );
	#else
		computeMultiscattering( material.dfg, material.specularColor, material.specularF90, singleScattering, multiScattering );
	#endif
	#ifdef USE_DIFFUSE_ROUGHNESS
		float dotNV = saturate( dot( geometryNormal, geometryViewDir ) );
		vec3 diffuseAlbedo = EON_DirectionalAlbedo( material.diffuseColor, material.diffuseRoughness, dotNV ) * ( 1.0 - material.metalness );
		vec3 diffuse = irradiance * RECIPROCAL_PI * diffuseAlbedo * ( 1.0 - singleScattering - multiScattering );
	#else
		vec3 diffuse = irradiance * BRDF_Lambert( material.diffuseContribution ) * ( 1.0 - singleScattering - multiScattering );
	#endif
	#ifdef USE_SHEEN
		float sheenAlbedo = IBLSheenBRDF( geometryNormal, geometryViewDir, material.sheenRoughness );
		sheenSpecularIndirect += irradiance * material.sheenColor * sheenAlbedo * RECIPROCAL_PI;
		float sheenEnergyComp = 1.0 - max3( material.sheenColor ) * sheenAlbedo;
		diffuse *= sheenEnergyComp;
	#endif
	reflectedLight.indirectDiffuse += diffuse;
}
void RE_IndirectSpecular_Physical( const in vec3 radiance, const in vec3 irradiance, const in vec3 clearcoatRadiance, const in vec3 geometryPosition, const in vec3 geometryNormal, const in vec3 geometryViewDir, const in vec3 geometryClearcoatNormal, const in PhysicalMaterial material, inout ReflectedLight reflectedLight) {
	#ifdef USE_CLEARCOAT
		clearcoatSpecularIndirect += clearcoatRadiance * EnvironmentBRDF( geometryClearcoatNormal, geometryViewDir, material.clearcoatF0, material.clearcoatF90, material.clearcoatRoughness );
	#endif
	#ifdef USE_SHEEN
		sheenSpecularIndirect += irradiance * material.sheenColor * IBLSheenBRDF( geometryNormal, geometryViewDir, material.sheenRoughness ) * RECIPROCAL_PI;
 	#endif
	vec3 singleScatteringDielectric = vec3( 0.0 );
	vec3 multiScatteringDielectric = vec3( 0.0 );
	vec3 singleScatteringMetallic = vec3( 0.0 );
	vec3 multiScatteringMetallic = vec3( 0.0 );
	#ifdef USE_IRIDESCENCE
		computeMultiscatteringIridescence( material.dfg, material.specularColor, material.specularF90, material.iridescence, material.iridescenceF0Dielectric, singleScatteringDielectric, multiScatteringDielectric );
		computeMultiscatteringIridescence( material.dfg, material.diffuseColor, material.specularF90, material.iridescence, material.iridescenceF0Metallic, singleScatteringMetallic, multiScatteringMetallic );
	#else
		computeMultiscattering( material.dfg, material.specularColor, material.specularF90, singleScatteringDielectric, multiScatteringDielectric );
		computeMultiscattering( material.dfg, material.diffuseColor, material.specularF90, singleScatteringMetallic, multiScatteringMetallic );
	#endif
	vec3 singleScattering = mix( singleScatteringDielectric, singleScatteringMetallic, material.metalness );
	vec3 multiScattering = mix( multiScatteringDielectric, multiScatteringMetallic, material.metalness );
	vec3 totalScatteringDielectric = singleScatteringDielectric + multiScatteringDielectric;
	#ifdef USE_DIFFUSE_ROUGHNESS
		float dotNV = saturate( dot( geometryNormal, geometryViewDir ) );
		vec3 diffuse = EON_DirectionalAlbedo( material.diffuseColor, material.diffuseRoughness, dotNV ) * ( 1.0 - material.metalness ) * ( 1.0 - totalScatteringDielectric );
	#else
		vec3 diffuse = material.diffuseContribution * ( 1.0 - totalScatteringDielectric );
	#endif
	vec3 cosineWeightedIrradiance = irradiance * RECIPROCAL_PI;
	vec3 indirectSpecular = radiance * singleScattering;
	indirectSpecular += multiScattering * cosineWeightedIrradiance;
	vec3 indirectDiffuse = diffuse * cosineWeightedIrradiance;
	#ifdef USE_SHEEN
		float sheenAlbedo = IBLSheenBRDF( geometryNormal, geometryViewDir, material.sheenRoughness );
		float sheenEnergyComp = 1.0 - max3( material.sheenColor ) * sheenAlbedo;
		indirectSpecular *= sheenEnergyComp;
		indirectDiffuse *= sheenEnergyComp;
	#endif
	reflectedLight.indirectSpecular += indirectSpecular;
	reflectedLight.indirectDiffuse += indirectDiffuse;
}
#define RE_Direct				RE_Direct_Physical
#define RE_Direct_RectArea		RE_Direct_RectArea_Physical
#define RE_IndirectDiffuse		RE_IndirectDiffuse_Physical
#define RE_IndirectSpecular		RE_IndirectSpecular_Physical
float computeSpecularOcclusion( const in float dotNV, const in float ambientOcclusion, const in float roughness ) {
	return saturate( pow( dotNV + ambientOcclusion, exp2( - 16.0 * roughness - 1.0 ) ) - 1.0 + ambientOcclusion );
}`,Xp=`
vec3 geometryPosition = - vViewPosition;
vec3 geometryNormal = normal;
vec3 geometryViewDir = ( isOrthographic ) ? vec3( 0, 0, 1 ) : normalize( vViewPosition );
vec3 geometryClearcoatNormal = vec3( 0.0 );
#ifdef USE_CLEARCOAT
	geometryClearcoatNormal = clearcoatNormal;
#endif
#ifdef USE_IRIDESCENCE
	float dotNVi = saturate( dot( normal, geometryViewDir ) );
	if ( material.iridescenceThickness == 0.0 ) {
		material.iridescence = 0.0;
	} else {
		material.iridescence = saturate( material.iridescence );
	}
	if ( material.iridescence > 0.0 ) {
		vec3 iridescenceFresnelDielectric = evalIridescence( 1.0, material.iridescenceIOR, dotNVi, material.iridescenceThickness, material.specularColor );
		vec3 iridescenceFresnelMetallic = evalIridescence( 1.0, material.iridescenceIOR, dotNVi, material.iridescenceThickness, material.diffuseColor );
		material.iridescenceFresnel = mix( iridescenceFresnelDielectric, iridescenceFresnelMetallic, material.metalness );
		material.iridescenceF0Dielectric = Schlick_to_F0( iridescenceFresnelDielectric, 1.0, dotNVi );
		material.iridescenceF0Metallic = Schlick_to_F0( iridescenceFresnelMetallic, 1.0, dotNVi );
	}
#endif
#ifdef STANDARD
	float dotNVms = saturate( dot( geometryNormal, geometryViewDir ) );
	material.dfg = texture2D( dfgLUT, vec2( material.roughness, dotNVms ) ).rg;
	#if ( NUM_SUN_LIGHTS > 0 || NUM_DIR_LIGHTS > 0 || NUM_POINT_LIGHTS > 0 || NUM_SPOT_LIGHTS > 0 )
		float EssMs = material.dfg.x + material.dfg.y;
		material.multiScatteringCompensation = 1.0 + material.specularColorBlended * ( 1.0 / EssMs - 1.0 );
	#endif
#endif
IncidentLight directLight;
#if ( NUM_POINT_LIGHTS > 0 ) && defined( RE_Direct )
	PointLight pointLight;
	#if defined( USE_SHADOWMAP ) && NUM_POINT_LIGHT_SHADOWS > 0
	PointLightShadow pointLightShadow;
	#endif
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_POINT_LIGHTS; i ++ ) {
		pointLight = pointLights[ i ];
		getPointLightInfo( pointLight, geometryPosition, directLight );
		#if defined( USE_SHADOWMAP ) && ( UNROLLED_LOOP_INDEX < NUM_POINT_LIGHT_SHADOWS ) && ( defined( SHADOWMAP_TYPE_PCF ) || defined( SHADOWMAP_TYPE_BASIC ) )
		pointLightShadow = pointLightShadows[ i ];
		directLight.color *= ( directLight.visible && receiveShadow ) ? getPointShadow( pointShadowMap[ i ], pointLightShadow.shadowMapSize, pointLightShadow.shadowIntensity, pointLightShadow.shadowBias, pointLightShadow.shadowRadius, vPointShadowCoord[ i ], pointLightShadow.shadowCameraNear, pointLightShadow.shadowCameraFar ) : 1.0;
		#endif
		RE_Direct( directLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
	}
	#pragma unroll_loop_end
#endif
#if ( NUM_SPOT_LIGHTS > 0 ) && defined( RE_Direct )
	SpotLight spotLight;
	vec4 spotColor;
	vec3 spotLightCoord;
	bool inSpotLightMap;
	#if defined( USE_SHADOWMAP ) && NUM_SPOT_LIGHT_SHADOWS > 0
	SpotLightShadow spotLightShadow;
	#endif
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_SPOT_LIGHTS; i ++ ) {
		spotLight = spotLights[ i ];
		getSpotLightInfo( spotLight, geometryPosition, directLight );
		#if ( UNROLLED_LOOP_INDEX < NUM_SPOT_LIGHT_SHADOWS_WITH_MAPS )
		#define SPOT_LIGHT_MAP_INDEX UNROLLED_LOOP_INDEX
		#elif ( UNROLLED_LOOP_INDEX < NUM_SPOT_LIGHT_SHADOWS )
		#define SPOT_LIGHT_MAP_INDEX NUM_SPOT_LIGHT_MAPS
		#else
		#define SPOT_LIGHT_MAP_INDEX ( UNROLLED_LOOP_INDEX - NUM_SPOT_LIGHT_SHADOWS + NUM_SPOT_LIGHT_SHADOWS_WITH_MAPS )
		#endif
		#if ( SPOT_LIGHT_MAP_INDEX < NUM_SPOT_LIGHT_MAPS )
			spotLightCoord = vSpotLightCoord[ i ].xyz / vSpotLightCoord[ i ].w;
			inSpotLightMap = all( lessThan( abs( spotLightCoord * 2. - 1. ), vec3( 1.0 ) ) );
			spotColor = texture2D( spotLightMap[ SPOT_LIGHT_MAP_INDEX ], spotLightCoord.xy );
			directLight.color = inSpotLightMap ? directLight.color * spotColor.rgb : directLight.color;
		#endif
		#undef SPOT_LIGHT_MAP_INDEX
		#if defined( USE_SHADOWMAP ) && ( UNROLLED_LOOP_INDEX < NUM_SPOT_LIGHT_SHADOWS )
		spotLightShadow = spotLightShadows[ i ];
		directLight.color *= ( directLight.visible && receiveShadow ) ? getShadow( spotShadowMap[ i ], spotLightShadow.shadowMapSize, spotLightShadow.shadowIntensity, spotLightShadow.shadowBias, spotLightShadow.shadowRadius, vSpotLightCoord[ i ] ) : 1.0;
		#endif
		RE_Direct( directLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
	}
	#pragma unroll_loop_end
#endif
#if ( NUM_SUN_LIGHTS > 0 ) && defined( RE_Direct )
	SunLight sunLight;
	#if defined( USE_SHADOWMAP ) && NUM_SUN_LIGHT_SHADOWS > 0
	SunLightShadow sunLightShadow;
	#endif
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_SUN_LIGHTS; i ++ ) {
		sunLight = sunLights[ i ];
		getSunLightInfo( sunLight, directLight );
		#if defined( USE_SHADOWMAP ) && ( UNROLLED_LOOP_INDEX < NUM_SUN_LIGHT_SHADOWS )
		sunLightShadow = sunLightShadows[ i ];
		directLight.color *= ( directLight.visible && receiveShadow ) ? getSunShadow( sunShadowMap[ i ], sunLightShadow, UNROLLED_LOOP_INDEX ) : 1.0;
		#endif
		RE_Direct( directLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
	}
	#pragma unroll_loop_end
#endif
#if ( NUM_DIR_LIGHTS > 0 ) && defined( RE_Direct )
	DirectionalLight directionalLight;
	#if defined( USE_SHADOWMAP ) && NUM_DIR_LIGHT_SHADOWS > 0
	DirectionalLightShadow directionalLightShadow;
	#endif
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_DIR_LIGHTS; i ++ ) {
		directionalLight = directionalLights[ i ];
		getDirectionalLightInfo( directionalLight, directLight );
		#if defined( USE_SHADOWMAP ) && ( UNROLLED_LOOP_INDEX < NUM_DIR_LIGHT_SHADOWS )
		directionalLightShadow = directionalLightShadows[ i ];
		directLight.color *= ( directLight.visible && receiveShadow ) ? getShadow( directionalShadowMap[ i ], directionalLightShadow.shadowMapSize, directionalLightShadow.shadowIntensity, directionalLightShadow.shadowBias, directionalLightShadow.shadowRadius, vDirectionalShadowCoord[ i ] ) : 1.0;
		#endif
		RE_Direct( directLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
	}
	#pragma unroll_loop_end
#endif
#if ( NUM_RECT_AREA_LIGHTS > 0 ) && defined( RE_Direct_RectArea )
	RectAreaLight rectAreaLight;
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_RECT_AREA_LIGHTS; i ++ ) {
		rectAreaLight = rectAreaLights[ i ];
		RE_Direct_RectArea( rectAreaLight, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
	}
	#pragma unroll_loop_end
#endif
#if defined( RE_IndirectDiffuse )
	vec3 iblIrradiance = vec3( 0.0 );
	vec3 irradiance = getAmbientLightIrradiance( ambientLightColor );
	#if defined( USE_LIGHT_PROBES )
		irradiance += getLightProbeIrradiance( lightProbe, geometryNormal );
	#endif
	#if ( NUM_HEMI_LIGHTS > 0 )
		#pragma unroll_loop_start
		for ( int i = 0; i < NUM_HEMI_LIGHTS; i ++ ) {
			irradiance += getHemisphereLightIrradiance( hemisphereLights[ i ], geometryNormal );
		}
		#pragma unroll_loop_end
	#endif
	#if NUM_LIGHT_PROBE_GRIDS > 0
		vec3 probeWorldPos = ( ( vec4( geometryPosition, 1.0 ) - viewMatrix[ 3 ] ) * viewMatrix ).xyz;
		vec3 probeWorldNormal = transformNormalByInverseViewMatrix( geometryNormal, viewMatrix );
		int probeGrid = - 1;
		#pragma unroll_loop_start
		for ( int i = 0; i < NUM_LIGHT_PROBE_GRIDS; i ++ ) {
			if ( isInsideLightProbeGrid( probeWorldPos, probeWorldNormal, probesMin[ i ], probesMax[ i ], probesResolution[ i ] ) ) probeGrid = UNROLLED_LOOP_INDEX;
		}
		#pragma unroll_loop_end
		#pragma unroll_loop_start
		for ( int i = 0; i < NUM_LIGHT_PROBE_GRIDS; i ++ ) {
			if ( probeGrid == UNROLLED_LOOP_INDEX ) irradiance += getLightProbeGridIrradiance( probesSH[ i ], probesMin[ i ], probesMax[ i ], probesResolution[ i ], probeWorldPos, probeWorldNormal );
		}
		#pragma unroll_loop_end
	#endif
#endif
#if defined( RE_IndirectSpecular )
	vec3 radiance = vec3( 0.0 );
	vec3 clearcoatRadiance = vec3( 0.0 );
#endif`,qp=`#if defined( RE_IndirectDiffuse )
	#ifdef USE_LIGHTMAP
		vec4 lightMapTexel = texture2D( lightMap, vLightMapUv );
		vec3 lightMapIrradiance = lightMapTexel.rgb * lightMapIntensity;
		irradiance += lightMapIrradiance;
	#endif
	#if defined( USE_ENVMAP ) && defined( ENVMAP_TYPE_PMREM )
		#if defined( STANDARD ) || defined( LAMBERT ) || defined( PHONG )
			iblIrradiance += getIBLIrradiance( geometryNormal );
		#endif
	#endif
#endif
#if defined( USE_ENVMAP ) && defined( RE_IndirectSpecular )
	#ifdef USE_ANISOTROPY
		vec3 iblRadiance = getIBLAnisotropyRadiance( geometryViewDir, geometryNormal, material.roughness, material.anisotropyB, material.anisotropy );
	#else
		vec3 iblRadiance = getIBLRadiance( geometryViewDir, geometryNormal, material.roughness );
	#endif
	#ifdef USE_RETROREFLECTION
		#ifdef USE_ANISOTROPY
			vec3 retroIBLRadiance = getIBLAnisotropyRetroRadiance( geometryViewDir, geometryNormal, material.roughness, material.anisotropyB, material.anisotropy );
		#else
			vec3 retroIBLRadiance = getIBLRetroRadiance( geometryViewDir, geometryNormal, material.roughness );
		#endif
		iblRadiance = mix( iblRadiance, retroIBLRadiance, saturate( material.retroreflectivity ) );
	#endif
	radiance += iblRadiance;
	#ifdef USE_CLEARCOAT
		clearcoatRadiance += getIBLRadiance( geometryViewDir, geometryClearcoatNormal, material.clearcoatRoughness );
	#endif
#endif`,Yp=`#if defined( RE_IndirectDiffuse )
	#if defined( LAMBERT ) || defined( PHONG )
		irradiance += iblIrradiance;
	#endif
	RE_IndirectDiffuse( irradiance, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
#endif
#if defined( RE_IndirectSpecular )
	RE_IndirectSpecular( radiance, iblIrradiance, clearcoatRadiance, geometryPosition, geometryNormal, geometryViewDir, geometryClearcoatNormal, material, reflectedLight );
#endif`,Zp=`#if NUM_LIGHT_PROBE_GRIDS > 0
uniform highp sampler3D probesSH[ NUM_LIGHT_PROBE_GRIDS ];
uniform vec3 probesMin[ NUM_LIGHT_PROBE_GRIDS ];
uniform vec3 probesMax[ NUM_LIGHT_PROBE_GRIDS ];
uniform vec3 probesResolution[ NUM_LIGHT_PROBE_GRIDS ];
bool isInsideLightProbeGrid( vec3 worldPos, vec3 worldNormal, vec3 probesMin, vec3 probesMax, vec3 probesResolution ) {
	vec3 spacing = ( probesMax - probesMin ) / probesResolution;
	vec3 samplePos = worldPos + worldNormal * spacing * 0.5;
	vec3 margin = spacing * 0.01;
	return all( greaterThanEqual( samplePos, probesMin - margin ) ) && all( lessThanEqual( samplePos, probesMax + margin ) );
}
vec3 getLightProbeGridIrradiance( highp sampler3D probesSH, vec3 probesMin, vec3 probesMax, vec3 probesResolution, vec3 worldPos, vec3 worldNormal ) {
	vec3 res = probesResolution;
	vec3 gridRange = probesMax - probesMin;
	vec3 probeSpacing = gridRange / res;
	vec3 samplePos = worldPos + worldNormal * probeSpacing * 0.5;
	vec3 uvw = clamp( ( samplePos - probesMin ) / gridRange, 0.5 / res, 1.0 - 0.5 / res );
	float nz          = res.z;
	float paddedSlices = nz + 2.0;
	float atlasDepth  = 7.0 * paddedSlices;
	float uvZBase     = uvw.z * nz + 1.0;
	vec4 s0 = texture( probesSH, vec3( uvw.xy, ( uvZBase                       ) / atlasDepth ) );
	vec4 s1 = texture( probesSH, vec3( uvw.xy, ( uvZBase +       paddedSlices   ) / atlasDepth ) );
	vec4 s2 = texture( probesSH, vec3( uvw.xy, ( uvZBase + 2.0 * paddedSlices   ) / atlasDepth ) );
	vec4 s3 = texture( probesSH, vec3( uvw.xy, ( uvZBase + 3.0 * paddedSlices   ) / atlasDepth ) );
	vec4 s4 = texture( probesSH, vec3( uvw.xy, ( uvZBase + 4.0 * paddedSlices   ) / atlasDepth ) );
	vec4 s5 = texture( probesSH, vec3( uvw.xy, ( uvZBase + 5.0 * paddedSlices   ) / atlasDepth ) );
	vec4 s6 = texture( probesSH, vec3( uvw.xy, ( uvZBase + 6.0 * paddedSlices   ) / atlasDepth ) );
	vec3 c0 = s0.xyz;
	vec3 c1 = vec3( s0.w, s1.xy );
	vec3 c2 = vec3( s1.zw, s2.x );
	vec3 c3 = s2.yzw;
	vec3 c4 = s3.xyz;
	vec3 c5 = vec3( s3.w, s4.xy );
	vec3 c6 = vec3( s4.zw, s5.x );
	vec3 c7 = s5.yzw;
	vec3 c8 = s6.xyz;
	float x = worldNormal.x, y = worldNormal.y, z = worldNormal.z;
	vec3 result = c0 * 0.886227;
	result += c1 * 2.0 * 0.511664 * y;
	result += c2 * 2.0 * 0.511664 * z;
	result += c3 * 2.0 * 0.511664 * x;
	result += c4 * 2.0 * 0.429043 * x * y;
	result += c5 * 2.0 * 0.429043 * y * z;
	result += c6 * ( 0.743125 * z * z - 0.247708 );
	result += c7 * 2.0 * 0.429043 * x * z;
	result += c8 * 0.429043 * ( x * x - y * y );
	return max( result, vec3( 0.0 ) );
}
#endif`,Kp=`#if defined( USE_LOGARITHMIC_DEPTH_BUFFER )
	gl_FragDepth = vIsPerspective == 0.0 ? gl_FragCoord.z : log2( vFragDepth ) * logDepthBufFC * 0.5;
#endif`,Jp=`#if defined( USE_LOGARITHMIC_DEPTH_BUFFER )
	uniform float logDepthBufFC;
	varying float vFragDepth;
	varying float vIsPerspective;
#endif`,jp=`#ifdef USE_LOGARITHMIC_DEPTH_BUFFER
	varying float vFragDepth;
	varying float vIsPerspective;
#endif`,Qp=`#ifdef USE_LOGARITHMIC_DEPTH_BUFFER
	vFragDepth = 1.0 + gl_Position.w;
	vIsPerspective = float( isPerspectiveMatrix( projectionMatrix ) );
#endif`,$p=`#ifdef USE_MAP
	vec4 sampledDiffuseColor = texture2D( map, vMapUv );
	#ifdef DECODE_VIDEO_TEXTURE
		sampledDiffuseColor = sRGBTransferEOTF( sampledDiffuseColor );
	#endif
	diffuseColor *= sampledDiffuseColor;
#endif`,em=`#ifdef USE_MAP
	uniform sampler2D map;
#endif`,tm=`#if defined( USE_MAP ) || defined( USE_ALPHAMAP )
	#if defined( USE_POINTS_UV )
		vec2 uv = vUv;
	#else
		vec2 uv = ( uvTransform * vec3( gl_PointCoord.x, 1.0 - gl_PointCoord.y, 1 ) ).xy;
	#endif
#endif
#ifdef USE_MAP
	diffuseColor *= texture2D( map, uv );
#endif
#ifdef USE_ALPHAMAP
	diffuseColor.a *= texture2D( alphaMap, uv ).g;
#endif`,nm=`#if defined( USE_POINTS_UV )
	varying vec2 vUv;
#else
	#if defined( USE_MAP ) || defined( USE_ALPHAMAP )
		uniform mat3 uvTransform;
	#endif
#endif
#ifdef USE_MAP
	uniform sampler2D map;
#endif
#ifdef USE_ALPHAMAP
	uniform sampler2D alphaMap;
#endif`,im=`float metalnessFactor = metalness;
#ifdef USE_METALNESSMAP
	vec4 texelMetalness = texture2D( metalnessMap, vMetalnessMapUv );
	metalnessFactor *= texelMetalness.b;
#endif`,sm=`#ifdef USE_METALNESSMAP
	uniform sampler2D metalnessMap;
#endif`,rm=`#ifdef USE_INSTANCING_MORPH
	float morphTargetInfluences[ MORPHTARGETS_COUNT ];
	float morphTargetBaseInfluence = texelFetch( morphTexture, ivec2( 0, gl_InstanceID ), 0 ).r;
	for ( int i = 0; i < MORPHTARGETS_COUNT; i ++ ) {
		morphTargetInfluences[i] =  texelFetch( morphTexture, ivec2( i + 1, gl_InstanceID ), 0 ).r;
	}
#endif`,om=`#if defined( USE_MORPHCOLORS )
	#if defined( USE_COLOR_ALPHA )
		vColor *= morphTargetBaseInfluence;
	#elif defined( USE_COLOR )
		vColor.rgb *= morphTargetBaseInfluence;
	#endif
	for ( int i = 0; i < MORPHTARGETS_COUNT; i ++ ) {
		#if defined( USE_COLOR_ALPHA )
			if ( morphTargetInfluences[ i ] != 0.0 ) vColor += getMorph( gl_VertexID, i, 2 ) * morphTargetInfluences[ i ];
		#elif defined( USE_COLOR )
			if ( morphTargetInfluences[ i ] != 0.0 ) vColor.rgb += getMorph( gl_VertexID, i, 2 ).rgb * morphTargetInfluences[ i ];
		#endif
	}
#endif`,am=`#ifdef USE_MORPHNORMALS
	objectNormal *= morphTargetBaseInfluence;
	for ( int i = 0; i < MORPHTARGETS_COUNT; i ++ ) {
		if ( morphTargetInfluences[ i ] != 0.0 ) objectNormal += getMorph( gl_VertexID, i, 1 ).xyz * morphTargetInfluences[ i ];
	}
#endif`,lm=`#ifdef USE_MORPHTARGETS
	#ifndef USE_INSTANCING_MORPH
		uniform float morphTargetBaseInfluence;
		uniform float morphTargetInfluences[ MORPHTARGETS_COUNT ];
	#endif
	uniform sampler2DArray morphTargetsTexture;
	uniform ivec2 morphTargetsTextureSize;
	vec4 getMorph( const in int vertexIndex, const in int morphTargetIndex, const in int offset ) {
		int texelIndex = vertexIndex * MORPHTARGETS_TEXTURE_STRIDE + offset;
		int y = texelIndex / morphTargetsTextureSize.x;
		int x = texelIndex - y * morphTargetsTextureSize.x;
		ivec3 morphUV = ivec3( x, y, morphTargetIndex );
		return texelFetch( morphTargetsTexture, morphUV, 0 );
	}
#endif`,cm=`#ifdef USE_MORPHTARGETS
	transformed *= morphTargetBaseInfluence;
	for ( int i = 0; i < MORPHTARGETS_COUNT; i ++ ) {
		if ( morphTargetInfluences[ i ] != 0.0 ) transformed += getMorph( gl_VertexID, i, 0 ).xyz * morphTargetInfluences[ i ];
	}
#endif`,hm=`float faceDirection = gl_FrontFacing ? 1.0 : - 1.0;
#ifdef FLAT_SHADED
	vec3 fdx = dFdx( vViewPosition );
	vec3 fdy = dFdy( vViewPosition );
	vec3 normal = normalize( cross( fdx, fdy ) );
#else
	vec3 normal = normalize( vNormal );
	#ifdef DOUBLE_SIDED
		normal *= faceDirection;
	#endif
#endif
#if defined( USE_NORMALMAP_TANGENTSPACE ) || defined( USE_CLEARCOAT_NORMALMAP ) || defined( USE_ANISOTROPY )
	#ifdef USE_TANGENT
		mat3 tbn = mat3( normalize( vTangent ), normalize( vBitangent ), normal );
	#else
		mat3 tbn = getTangentFrame( - vViewPosition, normal,
		#if defined( USE_NORMALMAP )
			vNormalMapUv
		#elif defined( USE_CLEARCOAT_NORMALMAP )
			vClearcoatNormalMapUv
		#else
			vUv
		#endif
		);
	#endif
	#ifdef DOUBLE_SIDED
		tbn[0] *= faceDirection;
		tbn[1] *= faceDirection;
	#endif
#endif
#ifdef USE_CLEARCOAT_NORMALMAP
	#ifdef USE_TANGENT
		mat3 tbn2 = mat3( normalize( vTangent ), normalize( vBitangent ), normal );
	#else
		mat3 tbn2 = getTangentFrame( - vViewPosition, normal, vClearcoatNormalMapUv );
	#endif
	#ifdef DOUBLE_SIDED
		tbn2[0] *= faceDirection;
		tbn2[1] *= faceDirection;
	#endif
#endif
vec3 nonPerturbedNormal = normal;`,um=`#ifdef USE_NORMALMAP_OBJECTSPACE
	normal = texture2D( normalMap, vNormalMapUv ).xyz * 2.0 - 1.0;
	#ifdef FLIP_SIDED
		normal = - normal;
	#endif
	#ifdef DOUBLE_SIDED
		normal = normal * faceDirection;
	#endif
	normal = normalize( normalMatrix * normal );
#elif defined( USE_NORMALMAP_TANGENTSPACE )
	vec3 mapN = texture2D( normalMap, vNormalMapUv ).xyz * 2.0 - 1.0;
	#if defined( USE_PACKED_NORMALMAP )
		mapN = vec3( mapN.xy, sqrt( saturate( 1.0 - dot( mapN.xy, mapN.xy ) ) ) );
	#endif
	mapN.xy *= normalScale;
	normal = normalize( tbn * mapN );
#elif defined( USE_BUMPMAP )
	normal = perturbNormalArb( - vViewPosition, normal, dHdxy_fwd(), faceDirection );
#endif`,dm=`#ifndef FLAT_SHADED
	varying vec3 vNormal;
	#ifdef USE_TANGENT
		varying vec3 vTangent;
		varying vec3 vBitangent;
	#endif
#endif`,fm=`#ifndef FLAT_SHADED
	varying vec3 vNormal;
	#ifdef USE_TANGENT
		varying vec3 vTangent;
		varying vec3 vBitangent;
	#endif
#endif`,pm=`#ifndef FLAT_SHADED
	vNormal = normalize( transformedNormal );
	#ifdef USE_TANGENT
		vTangent = normalize( transformedTangent );
		vBitangent = normalize( cross( vNormal, vTangent ) * tangent.w );
		#ifdef FLIP_SIDED
			vBitangent = - vBitangent;
		#endif
	#endif
#endif`,mm=`#ifdef USE_NORMALMAP
	uniform sampler2D normalMap;
	uniform vec2 normalScale;
#endif
#ifdef USE_NORMALMAP_OBJECTSPACE
	uniform mat3 normalMatrix;
#endif
#if ! defined ( USE_TANGENT ) && ( defined ( USE_NORMALMAP_TANGENTSPACE ) || defined ( USE_CLEARCOAT_NORMALMAP ) || defined( USE_ANISOTROPY ) )
	mat3 getTangentFrame( vec3 eye_pos, vec3 surf_norm, vec2 uv ) {
		vec3 q0 = dFdx( eye_pos.xyz );
		vec3 q1 = dFdy( eye_pos.xyz );
		vec2 st0 = dFdx( uv.st );
		vec2 st1 = dFdy( uv.st );
		vec3 N = surf_norm;
		vec3 q1perp = cross( q1, N );
		vec3 q0perp = cross( N, q0 );
		vec3 T = q1perp * st0.x + q0perp * st1.x;
		vec3 B = q1perp * st0.y + q0perp * st1.y;
		float det = max( dot( T, T ), dot( B, B ) );
		float scale = ( det == 0.0 ) ? 0.0 : inversesqrt( det );
		return mat3( T * scale, B * scale, N );
	}
#endif`,gm=`#ifdef USE_CLEARCOAT
	vec3 clearcoatNormal = nonPerturbedNormal;
#endif`,ym=`#ifdef USE_CLEARCOAT_NORMALMAP
	vec3 clearcoatMapN = texture2D( clearcoatNormalMap, vClearcoatNormalMapUv ).xyz * 2.0 - 1.0;
	clearcoatMapN.xy *= clearcoatNormalScale;
	clearcoatNormal = normalize( tbn2 * clearcoatMapN );
#endif`,xm=`#ifdef USE_CLEARCOATMAP
	uniform sampler2D clearcoatMap;
#endif
#ifdef USE_CLEARCOAT_NORMALMAP
	uniform sampler2D clearcoatNormalMap;
	uniform vec2 clearcoatNormalScale;
#endif
#ifdef USE_CLEARCOAT_ROUGHNESSMAP
	uniform sampler2D clearcoatRoughnessMap;
#endif`,vm=`#ifdef USE_IRIDESCENCEMAP
	uniform sampler2D iridescenceMap;
#endif
#ifdef USE_IRIDESCENCE_THICKNESSMAP
	uniform sampler2D iridescenceThicknessMap;
#endif`,_m=`#ifdef OPAQUE
diffuseColor.a = 1.0;
#endif
#ifdef USE_TRANSMISSION
diffuseColor.a *= material.transmissionAlpha;
#endif
gl_FragColor = vec4( outgoingLight, diffuseColor.a );`,Sm=`vec3 packNormalToRGB( const in vec3 normal ) {
	return normalize( normal ) * 0.5 + 0.5;
}
vec3 unpackRGBToNormal( const in vec3 rgb ) {
	return 2.0 * rgb.xyz - 1.0;
}
const float PackUpscale = 256. / 255.;const float UnpackDownscale = 255. / 256.;const float ShiftRight8 = 1. / 256.;
const float Inv255 = 1. / 255.;
const vec4 PackFactors = vec4( 1.0, 256.0, 256.0 * 256.0, 256.0 * 256.0 * 256.0 );
const vec2 UnpackFactors2 = vec2( UnpackDownscale, 1.0 / PackFactors.g );
const vec3 UnpackFactors3 = vec3( UnpackDownscale / PackFactors.rg, 1.0 / PackFactors.b );
const vec4 UnpackFactors4 = vec4( UnpackDownscale / PackFactors.rgb, 1.0 / PackFactors.a );
vec4 packDepthToRGBA( const in float v ) {
	if( v <= 0.0 )
		return vec4( 0., 0., 0., 0. );
	if( v >= 1.0 )
		return vec4( 1., 1., 1., 1. );
	float vuf;
	float af = modf( v * PackFactors.a, vuf );
	float bf = modf( vuf * ShiftRight8, vuf );
	float gf = modf( vuf * ShiftRight8, vuf );
	return vec4( vuf * Inv255, gf * PackUpscale, bf * PackUpscale, af );
}
vec3 packDepthToRGB( const in float v ) {
	if( v <= 0.0 )
		return vec3( 0., 0., 0. );
	if( v >= 1.0 )
		return vec3( 1., 1., 1. );
	float vuf;
	float bf = modf( v * PackFactors.b, vuf );
	float gf = modf( vuf * ShiftRight8, vuf );
	return vec3( vuf * Inv255, gf * PackUpscale, bf );
}
vec2 packDepthToRG( const in float v ) {
	if( v <= 0.0 )
		return vec2( 0., 0. );
	if( v >= 1.0 )
		return vec2( 1., 1. );
	float vuf;
	float gf = modf( v * 256., vuf );
	return vec2( vuf * Inv255, gf );
}
float unpackRGBAToDepth( const in vec4 v ) {
	return dot( v, UnpackFactors4 );
}
float unpackRGBToDepth( const in vec3 v ) {
	return dot( v, UnpackFactors3 );
}
float unpackRGToDepth( const in vec2 v ) {
	return v.r * UnpackFactors2.r + v.g * UnpackFactors2.g;
}
vec4 pack2HalfToRGBA( const in vec2 v ) {
	vec4 r = vec4( v.x, fract( v.x * 255.0 ), v.y, fract( v.y * 255.0 ) );
	return vec4( r.x - r.y / 255.0, r.y, r.z - r.w / 255.0, r.w );
}
vec2 unpackRGBATo2Half( const in vec4 v ) {
	return vec2( v.x + ( v.y / 255.0 ), v.z + ( v.w / 255.0 ) );
}
float viewZToOrthographicDepth( const in float viewZ, const in float near, const in float far ) {
	return ( viewZ + near ) / ( near - far );
}
float orthographicDepthToViewZ( const in float depth, const in float near, const in float far ) {
	#ifdef USE_REVERSED_DEPTH_BUFFER
	
		return depth * ( far - near ) - far;
	#else
		return depth * ( near - far ) - near;
	#endif
}
float viewZToPerspectiveDepth( const in float viewZ, const in float near, const in float far ) {
	return ( ( near + viewZ ) * far ) / ( ( far - near ) * viewZ );
}
float perspectiveDepthToViewZ( const in float depth, const in float near, const in float far ) {
	
	#ifdef USE_REVERSED_DEPTH_BUFFER
		return ( near * far ) / ( ( near - far ) * depth - near );
	#else
		return ( near * far ) / ( ( far - near ) * depth - far );
	#endif
}`,bm=`#ifdef PREMULTIPLIED_ALPHA
	gl_FragColor.rgb *= gl_FragColor.a;
#endif`,Mm=`vec4 mvPosition = vec4( transformed, 1.0 );
#ifdef USE_BATCHING
	mvPosition = batchingMatrix * mvPosition;
#endif
#ifdef USE_INSTANCING
	mvPosition = instanceMatrix * mvPosition;
#endif
mvPosition = modelViewMatrix * mvPosition;
gl_Position = projectionMatrix * mvPosition;`,wm=`#ifdef DITHERING
	gl_FragColor.rgb = dithering( gl_FragColor.rgb );
#endif`,Tm=`#ifdef DITHERING
	vec3 dithering( vec3 color ) {
		float grid_position = rand( gl_FragCoord.xy );
		vec3 dither_shift_RGB = vec3( 0.25 / 255.0, -0.25 / 255.0, 0.25 / 255.0 );
		dither_shift_RGB = mix( 2.0 * dither_shift_RGB, -2.0 * dither_shift_RGB, grid_position );
		return color + dither_shift_RGB;
	}
#endif`,Em=`float roughnessFactor = roughness;
#ifdef USE_ROUGHNESSMAP
	vec4 texelRoughness = texture2D( roughnessMap, vRoughnessMapUv );
	roughnessFactor *= texelRoughness.g;
#endif`,Am=`#ifdef USE_ROUGHNESSMAP
	uniform sampler2D roughnessMap;
#endif`,Rm=`#if NUM_SPOT_LIGHT_COORDS > 0
	varying vec4 vSpotLightCoord[ NUM_SPOT_LIGHT_COORDS ];
#endif
#if NUM_SPOT_LIGHT_MAPS > 0
	uniform sampler2D spotLightMap[ NUM_SPOT_LIGHT_MAPS ];
#endif
#ifdef USE_SHADOWMAP
	#if NUM_SUN_LIGHT_SHADOWS > 0
		#define SUN_LIGHT_CASCADES 2
		#if defined( SHADOWMAP_TYPE_PCF )
			uniform sampler2DShadow sunShadowMap[ NUM_SUN_LIGHT_SHADOWS ];
		#else
			uniform sampler2D sunShadowMap[ NUM_SUN_LIGHT_SHADOWS ];
		#endif
		uniform mat4 sunShadowMatrix[ NUM_SUN_LIGHT_SHADOWS * SUN_LIGHT_CASCADES ];
		uniform vec4 sunShadowCascade[ NUM_SUN_LIGHT_SHADOWS * SUN_LIGHT_CASCADES ];
		varying vec4 vSunShadowWorldPosition;
		varying vec3 vSunShadowWorldNormal;
		struct SunLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
		};
		uniform SunLightShadow sunLightShadows[ NUM_SUN_LIGHT_SHADOWS ];
	#endif
	#if NUM_DIR_LIGHT_SHADOWS > 0
		#if defined( SHADOWMAP_TYPE_PCF )
			uniform sampler2DShadow directionalShadowMap[ NUM_DIR_LIGHT_SHADOWS ];
		#else
			uniform sampler2D directionalShadowMap[ NUM_DIR_LIGHT_SHADOWS ];
		#endif
		varying vec4 vDirectionalShadowCoord[ NUM_DIR_LIGHT_SHADOWS ];
		struct DirectionalLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
		};
		uniform DirectionalLightShadow directionalLightShadows[ NUM_DIR_LIGHT_SHADOWS ];
	#endif
	#if NUM_SPOT_LIGHT_SHADOWS > 0
		#if defined( SHADOWMAP_TYPE_PCF )
			uniform sampler2DShadow spotShadowMap[ NUM_SPOT_LIGHT_SHADOWS ];
		#else
			uniform sampler2D spotShadowMap[ NUM_SPOT_LIGHT_SHADOWS ];
		#endif
		struct SpotLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
		};
		uniform SpotLightShadow spotLightShadows[ NUM_SPOT_LIGHT_SHADOWS ];
	#endif
	#if NUM_POINT_LIGHT_SHADOWS > 0
		#if defined( SHADOWMAP_TYPE_PCF )
			uniform samplerCubeShadow pointShadowMap[ NUM_POINT_LIGHT_SHADOWS ];
		#elif defined( SHADOWMAP_TYPE_BASIC )
			uniform samplerCube pointShadowMap[ NUM_POINT_LIGHT_SHADOWS ];
		#endif
		varying vec4 vPointShadowCoord[ NUM_POINT_LIGHT_SHADOWS ];
		struct PointLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
			float shadowCameraNear;
			float shadowCameraFar;
		};
		uniform PointLightShadow pointLightShadows[ NUM_POINT_LIGHT_SHADOWS ];
	#endif
	#if defined( SHADOWMAP_TYPE_PCF )
		float interleavedGradientNoise( vec2 position ) {
			return fract( 52.9829189 * fract( dot( position, vec2( 0.06711056, 0.00583715 ) ) ) );
		}
		vec2 vogelDiskSample( int sampleIndex, int samplesCount, float phi ) {
			const float goldenAngle = 2.399963229728653;
			float r = sqrt( ( float( sampleIndex ) + 0.5 ) / float( samplesCount ) );
			float theta = float( sampleIndex ) * goldenAngle + phi;
			return vec2( cos( theta ), sin( theta ) ) * r;
		}
	#endif
	#if defined( SHADOWMAP_TYPE_PCF )
		float getShadow( sampler2DShadow shadowMap, vec2 shadowMapSize, float shadowIntensity, float shadowBias, float shadowRadius, vec4 shadowCoord ) {
			float shadow = 1.0;
			shadowCoord.xyz /= shadowCoord.w;
			#ifdef USE_REVERSED_DEPTH_BUFFER
				shadowCoord.z -= shadowBias;
			#else
				shadowCoord.z += shadowBias;
			#endif
			bool inFrustum = shadowCoord.x >= 0.0 && shadowCoord.x <= 1.0 && shadowCoord.y >= 0.0 && shadowCoord.y <= 1.0;
			bool frustumTest = inFrustum && shadowCoord.z <= 1.0;
			if ( frustumTest ) {
				vec2 texelSize = vec2( 1.0 ) / shadowMapSize;
				vec2 radius = shadowRadius * texelSize;
				float phi = interleavedGradientNoise( gl_FragCoord.xy ) * PI2;
				shadow = (
					texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( 0, 5, phi ) * radius, shadowCoord.z ) ) +
					texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( 1, 5, phi ) * radius, shadowCoord.z ) ) +
					texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( 2, 5, phi ) * radius, shadowCoord.z ) ) +
					texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( 3, 5, phi ) * radius, shadowCoord.z ) ) +
					texture( shadowMap, vec3( shadowCoord.xy + vogelDiskSample( 4, 5, phi ) * radius, shadowCoord.z ) )
				) * 0.2;
			}
			return mix( 1.0, shadow, shadowIntensity );
		}
	#elif defined( SHADOWMAP_TYPE_VSM )
		float getShadow( sampler2D shadowMap, vec2 shadowMapSize, float shadowIntensity, float shadowBias, float shadowRadius, vec4 shadowCoord ) {
			float shadow = 1.0;
			shadowCoord.xyz /= shadowCoord.w;
			#ifdef USE_REVERSED_DEPTH_BUFFER
				shadowCoord.z -= shadowBias;
			#else
				shadowCoord.z += shadowBias;
			#endif
			bool inFrustum = shadowCoord.x >= 0.0 && shadowCoord.x <= 1.0 && shadowCoord.y >= 0.0 && shadowCoord.y <= 1.0;
			bool frustumTest = inFrustum && shadowCoord.z <= 1.0;
			if ( frustumTest ) {
				vec2 distribution = texture2D( shadowMap, shadowCoord.xy ).rg;
				float mean = distribution.x;
				float variance = distribution.y * distribution.y;
				#ifdef USE_REVERSED_DEPTH_BUFFER
					float hard_shadow = step( mean, shadowCoord.z );
				#else
					float hard_shadow = step( shadowCoord.z, mean );
				#endif
				
				if ( hard_shadow == 1.0 ) {
					shadow = 1.0;
				} else {
					variance = max( variance, 0.0000001 );
					float d = shadowCoord.z - mean;
					float p_max = variance / ( variance + d * d );
					p_max = clamp( ( p_max - 0.3 ) / 0.65, 0.0, 1.0 );
					shadow = max( hard_shadow, p_max );
				}
			}
			return mix( 1.0, shadow, shadowIntensity );
		}
	#else
		float getShadow( sampler2D shadowMap, vec2 shadowMapSize, float shadowIntensity, float shadowBias, float shadowRadius, vec4 shadowCoord ) {
			float shadow = 1.0;
			shadowCoord.xyz /= shadowCoord.w;
			#ifdef USE_REVERSED_DEPTH_BUFFER
				shadowCoord.z -= shadowBias;
			#else
				shadowCoord.z += shadowBias;
			#endif
			bool inFrustum = shadowCoord.x >= 0.0 && shadowCoord.x <= 1.0 && shadowCoord.y >= 0.0 && shadowCoord.y <= 1.0;
			bool frustumTest = inFrustum && shadowCoord.z <= 1.0;
			if ( frustumTest ) {
				float depth = texture2D( shadowMap, shadowCoord.xy ).r;
				#ifdef USE_REVERSED_DEPTH_BUFFER
					shadow = step( depth, shadowCoord.z );
				#else
					shadow = step( shadowCoord.z, depth );
				#endif
			}
			return mix( 1.0, shadow, shadowIntensity );
		}
	#endif
	#if NUM_SUN_LIGHT_SHADOWS > 0
		float getSunShadow(
			#if defined( SHADOWMAP_TYPE_PCF )
				sampler2DShadow shadowMap,
			#else
				sampler2D shadowMap,
			#endif
			SunLightShadow sunLightShadow,
			int shadowIndex
		) {
			vec4 shadowWorldPosition = vec4( vSunShadowWorldPosition.xyz + vSunShadowWorldNormal * sunLightShadow.shadowNormalBias, 1.0 );
			float viewDepth = vSunShadowWorldPosition.w;
			int cascadeOffset = shadowIndex * SUN_LIGHT_CASCADES;
			float shadow = 1.0;
			for ( int i = SUN_LIGHT_CASCADES - 1; i >= 0; i -- ) {
				vec4 cascade = sunShadowCascade[ cascadeOffset + i ];
				if ( viewDepth >= cascade.x && viewDepth < cascade.y ) {
					float cascadeShadow = getShadow(
						shadowMap,
						sunLightShadow.shadowMapSize,
						sunLightShadow.shadowIntensity,
						sunLightShadow.shadowBias,
						sunLightShadow.shadowRadius,
						sunShadowMatrix[ cascadeOffset + i ] * shadowWorldPosition
					);
					shadow = mix( cascadeShadow, shadow, smoothstep( cascade.z, cascade.y, viewDepth ) );
				}
			}
			return shadow;
		}
	#endif
	#if NUM_POINT_LIGHT_SHADOWS > 0
	#if defined( SHADOWMAP_TYPE_PCF )
	float getPointShadow( samplerCubeShadow shadowMap, vec2 shadowMapSize, float shadowIntensity, float shadowBias, float shadowRadius, vec4 shadowCoord, float shadowCameraNear, float shadowCameraFar ) {
		float shadow = 1.0;
		vec3 lightToPosition = shadowCoord.xyz;
		vec3 bd3D = normalize( lightToPosition );
		vec3 absVec = abs( lightToPosition );
		float viewSpaceZ = max( max( absVec.x, absVec.y ), absVec.z );
		if ( viewSpaceZ - shadowCameraFar <= 0.0 && viewSpaceZ - shadowCameraNear >= 0.0 ) {
			float lightDistance = length( lightToPosition );
			float depthRange = shadowCameraFar - shadowCameraNear;
			#ifdef USE_REVERSED_DEPTH_BUFFER
				float depthA = - shadowCameraNear / depthRange - shadowBias;
				float depthB = shadowCameraNear * shadowCameraFar / ( depthRange * lightDistance );
			#else
				float depthA = shadowCameraFar / depthRange + shadowBias;
				float depthB = - shadowCameraNear * shadowCameraFar / ( depthRange * lightDistance );
			#endif
			float texelSize = shadowRadius / shadowMapSize.x;
			vec3 absDir = abs( bd3D );
			vec3 tangent = absDir.x > absDir.z ? vec3( 0.0, 1.0, 0.0 ) : vec3( 1.0, 0.0, 0.0 );
			tangent = normalize( cross( bd3D, tangent ) );
			vec3 bitangent = cross( bd3D, tangent );
			float phi = interleavedGradientNoise( gl_FragCoord.xy ) * PI2;
			shadow = 0.0;
			for ( int i = 0; i < 5; i ++ ) {
				vec2 offset = vogelDiskSample( i, 5, phi );
				vec3 direction = bd3D + ( tangent * offset.x + bitangent * offset.y ) * texelSize;
				vec3 absDirection = abs( direction );
				float dp = depthA + depthB / max( max( absDirection.x, absDirection.y ), absDirection.z );
				shadow += texture( shadowMap, vec4( direction, dp ) );
			}
			shadow *= 0.2;
		}
		return mix( 1.0, shadow, shadowIntensity );
	}
	#elif defined( SHADOWMAP_TYPE_BASIC )
	float getPointShadow( samplerCube shadowMap, vec2 shadowMapSize, float shadowIntensity, float shadowBias, float shadowRadius, vec4 shadowCoord, float shadowCameraNear, float shadowCameraFar ) {
		float shadow = 1.0;
		vec3 lightToPosition = shadowCoord.xyz;
		vec3 absVec = abs( lightToPosition );
		float viewSpaceZ = max( max( absVec.x, absVec.y ), absVec.z );
		if ( viewSpaceZ - shadowCameraFar <= 0.0 && viewSpaceZ - shadowCameraNear >= 0.0 ) {
			float dp = ( shadowCameraFar * ( viewSpaceZ - shadowCameraNear ) ) / ( viewSpaceZ * ( shadowCameraFar - shadowCameraNear ) );
			dp += shadowBias;
			vec3 bd3D = normalize( lightToPosition );
			float depth = textureCube( shadowMap, bd3D ).r;
			#ifdef USE_REVERSED_DEPTH_BUFFER
				depth = 1.0 - depth;
			#endif
			shadow = step( dp, depth );
		}
		return mix( 1.0, shadow, shadowIntensity );
	}
	#endif
	#endif
#endif`,Cm=`#if NUM_SPOT_LIGHT_COORDS > 0
	uniform mat4 spotLightMatrix[ NUM_SPOT_LIGHT_COORDS ];
	varying vec4 vSpotLightCoord[ NUM_SPOT_LIGHT_COORDS ];
#endif
#ifdef USE_SHADOWMAP
	#if NUM_SUN_LIGHT_SHADOWS > 0
		varying vec4 vSunShadowWorldPosition;
		varying vec3 vSunShadowWorldNormal;
	#endif
	#if NUM_DIR_LIGHT_SHADOWS > 0
		uniform mat4 directionalShadowMatrix[ NUM_DIR_LIGHT_SHADOWS ];
		varying vec4 vDirectionalShadowCoord[ NUM_DIR_LIGHT_SHADOWS ];
		struct DirectionalLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
		};
		uniform DirectionalLightShadow directionalLightShadows[ NUM_DIR_LIGHT_SHADOWS ];
	#endif
	#if NUM_SPOT_LIGHT_SHADOWS > 0
		struct SpotLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
		};
		uniform SpotLightShadow spotLightShadows[ NUM_SPOT_LIGHT_SHADOWS ];
	#endif
	#if NUM_POINT_LIGHT_SHADOWS > 0
		uniform mat4 pointShadowMatrix[ NUM_POINT_LIGHT_SHADOWS ];
		varying vec4 vPointShadowCoord[ NUM_POINT_LIGHT_SHADOWS ];
		struct PointLightShadow {
			float shadowIntensity;
			float shadowBias;
			float shadowNormalBias;
			float shadowRadius;
			vec2 shadowMapSize;
			float shadowCameraNear;
			float shadowCameraFar;
		};
		uniform PointLightShadow pointLightShadows[ NUM_POINT_LIGHT_SHADOWS ];
	#endif
#endif`,Pm=`#if ( defined( USE_SHADOWMAP ) && ( NUM_DIR_LIGHT_SHADOWS > 0 || NUM_SUN_LIGHT_SHADOWS > 0 || NUM_POINT_LIGHT_SHADOWS > 0 ) ) || ( NUM_SPOT_LIGHT_COORDS > 0 )
	#ifdef HAS_NORMAL
		vec3 shadowWorldNormal = transformNormalByInverseViewMatrix( transformedNormal, viewMatrix );
	#else
		vec3 shadowWorldNormal = vec3( 0.0 );
	#endif
	vec4 shadowWorldPosition;
#endif
#if defined( USE_SHADOWMAP )
	#if NUM_SUN_LIGHT_SHADOWS > 0
		vSunShadowWorldPosition = vec4( worldPosition.xyz, - mvPosition.z );
		vSunShadowWorldNormal = shadowWorldNormal;
	#endif
	#if NUM_DIR_LIGHT_SHADOWS > 0
		#pragma unroll_loop_start
		for ( int i = 0; i < NUM_DIR_LIGHT_SHADOWS; i ++ ) {
			shadowWorldPosition = worldPosition + vec4( shadowWorldNormal * directionalLightShadows[ i ].shadowNormalBias, 0 );
			vDirectionalShadowCoord[ i ] = directionalShadowMatrix[ i ] * shadowWorldPosition;
		}
		#pragma unroll_loop_end
	#endif
	#if NUM_POINT_LIGHT_SHADOWS > 0
		#pragma unroll_loop_start
		for ( int i = 0; i < NUM_POINT_LIGHT_SHADOWS; i ++ ) {
			shadowWorldPosition = worldPosition + vec4( shadowWorldNormal * pointLightShadows[ i ].shadowNormalBias, 0 );
			vPointShadowCoord[ i ] = pointShadowMatrix[ i ] * shadowWorldPosition;
		}
		#pragma unroll_loop_end
	#endif
#endif
#if NUM_SPOT_LIGHT_COORDS > 0
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_SPOT_LIGHT_COORDS; i ++ ) {
		shadowWorldPosition = worldPosition;
		#if ( defined( USE_SHADOWMAP ) && UNROLLED_LOOP_INDEX < NUM_SPOT_LIGHT_SHADOWS )
			shadowWorldPosition.xyz += shadowWorldNormal * spotLightShadows[ i ].shadowNormalBias;
		#endif
		vSpotLightCoord[ i ] = spotLightMatrix[ i ] * shadowWorldPosition;
	}
	#pragma unroll_loop_end
#endif`,Im=`float getShadowMask() {
	float shadow = 1.0;
	#ifdef USE_SHADOWMAP
	#if NUM_SUN_LIGHT_SHADOWS > 0
	SunLightShadow sunLight;
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_SUN_LIGHT_SHADOWS; i ++ ) {
		sunLight = sunLightShadows[ i ];
		shadow *= receiveShadow ? getSunShadow( sunShadowMap[ i ], sunLight, UNROLLED_LOOP_INDEX ) : 1.0;
	}
	#pragma unroll_loop_end
	#endif
	#if NUM_DIR_LIGHT_SHADOWS > 0
	DirectionalLightShadow directionalLight;
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_DIR_LIGHT_SHADOWS; i ++ ) {
		directionalLight = directionalLightShadows[ i ];
		shadow *= receiveShadow ? getShadow( directionalShadowMap[ i ], directionalLight.shadowMapSize, directionalLight.shadowIntensity, directionalLight.shadowBias, directionalLight.shadowRadius, vDirectionalShadowCoord[ i ] ) : 1.0;
	}
	#pragma unroll_loop_end
	#endif
	#if NUM_SPOT_LIGHT_SHADOWS > 0
	SpotLightShadow spotLight;
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_SPOT_LIGHT_SHADOWS; i ++ ) {
		spotLight = spotLightShadows[ i ];
		shadow *= receiveShadow ? getShadow( spotShadowMap[ i ], spotLight.shadowMapSize, spotLight.shadowIntensity, spotLight.shadowBias, spotLight.shadowRadius, vSpotLightCoord[ i ] ) : 1.0;
	}
	#pragma unroll_loop_end
	#endif
	#if NUM_POINT_LIGHT_SHADOWS > 0 && ( defined( SHADOWMAP_TYPE_PCF ) || defined( SHADOWMAP_TYPE_BASIC ) )
	PointLightShadow pointLight;
	#pragma unroll_loop_start
	for ( int i = 0; i < NUM_POINT_LIGHT_SHADOWS; i ++ ) {
		pointLight = pointLightShadows[ i ];
		shadow *= receiveShadow ? getPointShadow( pointShadowMap[ i ], pointLight.shadowMapSize, pointLight.shadowIntensity, pointLight.shadowBias, pointLight.shadowRadius, vPointShadowCoord[ i ], pointLight.shadowCameraNear, pointLight.shadowCameraFar ) : 1.0;
	}
	#pragma unroll_loop_end
	#endif
	#endif
	return shadow;
}`,Lm=`#ifdef USE_SKINNING
	mat4 boneMatX = getBoneMatrix( skinIndex.x );
	mat4 boneMatY = getBoneMatrix( skinIndex.y );
	mat4 boneMatZ = getBoneMatrix( skinIndex.z );
	mat4 boneMatW = getBoneMatrix( skinIndex.w );
#endif`,Um=`#ifdef USE_SKINNING
	uniform mat4 bindMatrix;
	uniform mat4 bindMatrixInverse;
	uniform highp sampler2D boneTexture;
	mat4 getBoneMatrix( const in float i ) {
		int size = textureSize( boneTexture, 0 ).x;
		int j = int( i ) * 4;
		int x = j % size;
		int y = j / size;
		vec4 v1 = texelFetch( boneTexture, ivec2( x, y ), 0 );
		vec4 v2 = texelFetch( boneTexture, ivec2( x + 1, y ), 0 );
		vec4 v3 = texelFetch( boneTexture, ivec2( x + 2, y ), 0 );
		vec4 v4 = texelFetch( boneTexture, ivec2( x + 3, y ), 0 );
		return mat4( v1, v2, v3, v4 );
	}
#endif`,Dm=`#ifdef USE_SKINNING
	vec4 skinVertex = bindMatrix * vec4( transformed, 1.0 );
	vec4 skinned = vec4( 0.0 );
	skinned += boneMatX * skinVertex * skinWeight.x;
	skinned += boneMatY * skinVertex * skinWeight.y;
	skinned += boneMatZ * skinVertex * skinWeight.z;
	skinned += boneMatW * skinVertex * skinWeight.w;
	transformed = ( bindMatrixInverse * skinned ).xyz;
#endif`,Nm=`#ifdef USE_SKINNING
	mat4 skinMatrix = mat4( 0.0 );
	skinMatrix += skinWeight.x * boneMatX;
	skinMatrix += skinWeight.y * boneMatY;
	skinMatrix += skinWeight.z * boneMatZ;
	skinMatrix += skinWeight.w * boneMatW;
	skinMatrix = bindMatrixInverse * skinMatrix * bindMatrix;
	objectNormal = vec4( skinMatrix * vec4( objectNormal, 0.0 ) ).xyz;
	#ifdef USE_TANGENT
		objectTangent = vec4( skinMatrix * vec4( objectTangent, 0.0 ) ).xyz;
	#endif
#endif`,Fm=`float specularStrength;
#ifdef USE_SPECULARMAP
	vec4 texelSpecular = texture2D( specularMap, vSpecularMapUv );
	specularStrength = texelSpecular.r;
#else
	specularStrength = 1.0;
#endif`,Om=`#ifdef USE_SPECULARMAP
	uniform sampler2D specularMap;
#endif`,Bm=`#if defined( TONE_MAPPING )
	gl_FragColor.rgb = toneMapping( gl_FragColor.rgb );
#endif`,km=`#ifndef saturate
#define saturate( a ) clamp( a, 0.0, 1.0 )
#endif
uniform float toneMappingExposure;
vec3 LinearToneMapping( vec3 color ) {
	return saturate( toneMappingExposure * color );
}
vec3 ReinhardToneMapping( vec3 color ) {
	color *= toneMappingExposure;
	return saturate( color / ( vec3( 1.0 ) + color ) );
}
vec3 CineonToneMapping( vec3 color ) {
	color *= toneMappingExposure;
	color = max( vec3( 0.0 ), color - 0.004 );
	return pow( ( color * ( 6.2 * color + 0.5 ) ) / ( color * ( 6.2 * color + 1.7 ) + 0.06 ), vec3( 2.2 ) );
}
vec3 RRTAndODTFit( vec3 v ) {
	vec3 a = v * ( v + 0.0245786 ) - 0.000090537;
	vec3 b = v * ( 0.983729 * v + 0.4329510 ) + 0.238081;
	return a / b;
}
vec3 ACESFilmicToneMapping( vec3 color ) {
	const mat3 ACESInputMat = mat3(
		vec3( 0.59719, 0.07600, 0.02840 ),		vec3( 0.35458, 0.90834, 0.13383 ),
		vec3( 0.04823, 0.01566, 0.83777 )
	);
	const mat3 ACESOutputMat = mat3(
		vec3(  1.60475, -0.10208, -0.00327 ),		vec3( -0.53108,  1.10813, -0.07276 ),
		vec3( -0.07367, -0.00605,  1.07602 )
	);
	color *= toneMappingExposure / 0.6;
	color = ACESInputMat * color;
	color = RRTAndODTFit( color );
	color = ACESOutputMat * color;
	return saturate( color );
}
const mat3 LINEAR_REC2020_TO_LINEAR_SRGB = mat3(
	vec3( 1.6605, - 0.1246, - 0.0182 ),
	vec3( - 0.5876, 1.1329, - 0.1006 ),
	vec3( - 0.0728, - 0.0083, 1.1187 )
);
const mat3 LINEAR_SRGB_TO_LINEAR_REC2020 = mat3(
	vec3( 0.6274, 0.0691, 0.0164 ),
	vec3( 0.3293, 0.9195, 0.0880 ),
	vec3( 0.0433, 0.0113, 0.8956 )
);
vec3 agxDefaultContrastApprox( vec3 x ) {
	vec3 x2 = x * x;
	vec3 x4 = x2 * x2;
	return + 15.5 * x4 * x2
		- 40.14 * x4 * x
		+ 31.96 * x4
		- 6.868 * x2 * x
		+ 0.4298 * x2
		+ 0.1191 * x
		- 0.00232;
}
vec3 AgXToneMapping( vec3 color ) {
	const mat3 AgXInsetMatrix = mat3(
		vec3( 0.856627153315983, 0.137318972929847, 0.11189821299995 ),
		vec3( 0.0951212405381588, 0.761241990602591, 0.0767994186031903 ),
		vec3( 0.0482516061458583, 0.101439036467562, 0.811302368396859 )
	);
	const mat3 AgXOutsetMatrix = mat3(
		vec3( 1.1271005818144368, - 0.1413297634984383, - 0.14132976349843826 ),
		vec3( - 0.11060664309660323, 1.157823702216272, - 0.11060664309660294 ),
		vec3( - 0.016493938717834573, - 0.016493938717834257, 1.2519364065950405 )
	);
	const float AgxMinEv = - 12.47393;	const float AgxMaxEv = 4.026069;
	color *= toneMappingExposure;
	color = LINEAR_SRGB_TO_LINEAR_REC2020 * color;
	color = AgXInsetMatrix * color;
	color = max( color, 1e-10 );	color = log2( color );
	color = ( color - AgxMinEv ) / ( AgxMaxEv - AgxMinEv );
	color = clamp( color, 0.0, 1.0 );
	color = agxDefaultContrastApprox( color );
	color = AgXOutsetMatrix * color;
	color = pow( max( vec3( 0.0 ), color ), vec3( 2.2 ) );
	color = LINEAR_REC2020_TO_LINEAR_SRGB * color;
	color = clamp( color, 0.0, 1.0 );
	return color;
}
vec3 NeutralToneMapping( vec3 color ) {
	const float StartCompression = 0.8 - 0.04;
	const float Desaturation = 0.15;
	color *= toneMappingExposure;
	float x = min( color.r, min( color.g, color.b ) );
	float offset = x < 0.08 ? x - 6.25 * x * x : 0.04;
	color -= offset;
	float peak = max( color.r, max( color.g, color.b ) );
	if ( peak < StartCompression ) return color;
	float d = 1. - StartCompression;
	float newPeak = 1. - d * d / ( peak + d - StartCompression );
	color *= newPeak / peak;
	float g = 1. - 1. / ( Desaturation * ( peak - newPeak ) + 1. );
	return mix( color, vec3( newPeak ), g );
}
vec3 CustomToneMapping( vec3 color ) { return color; }`,zm=`#ifdef USE_TRANSMISSION
	material.transmission = transmission;
	material.transmissionAlpha = 1.0;
	material.thickness = thickness;
	material.attenuationDistance = attenuationDistance;
	material.attenuationColor = attenuationColor;
	#ifdef USE_TRANSMISSIONMAP
		material.transmission *= texture2D( transmissionMap, vTransmissionMapUv ).r;
	#endif
	#ifdef USE_THICKNESSMAP
		material.thickness *= texture2D( thicknessMap, vThicknessMapUv ).g;
	#endif
	vec3 pos = vWorldPosition;
	vec3 v = normalize( cameraPosition - pos );
	vec3 n = transformNormalByInverseViewMatrix( normal, viewMatrix );
	vec4 transmitted = getIBLVolumeRefraction(
		n, v, material.roughness, material.diffuseContribution, material.specularColorBlended, material.specularF90,
		pos, modelMatrix, viewMatrix, projectionMatrix, material.dispersion, material.ior, material.thickness,
		material.attenuationColor, material.attenuationDistance );
	material.transmissionAlpha = mix( material.transmissionAlpha, transmitted.a, material.transmission );
	totalDiffuse = mix( totalDiffuse, transmitted.rgb, material.transmission );
#endif`,Vm=`#ifdef USE_TRANSMISSION
	uniform float transmission;
	uniform float thickness;
	uniform float attenuationDistance;
	uniform vec3 attenuationColor;
	#ifdef USE_TRANSMISSIONMAP
		uniform sampler2D transmissionMap;
	#endif
	#ifdef USE_THICKNESSMAP
		uniform sampler2D thicknessMap;
	#endif
	uniform vec2 transmissionSamplerSize;
	uniform sampler2D transmissionSamplerMap;
	uniform mat4 modelMatrix;
	uniform mat4 projectionMatrix;
	varying vec3 vWorldPosition;
	float w0( float a ) {
		return ( 1.0 / 6.0 ) * ( a * ( a * ( - a + 3.0 ) - 3.0 ) + 1.0 );
	}
	float w1( float a ) {
		return ( 1.0 / 6.0 ) * ( a *  a * ( 3.0 * a - 6.0 ) + 4.0 );
	}
	float w2( float a ){
		return ( 1.0 / 6.0 ) * ( a * ( a * ( - 3.0 * a + 3.0 ) + 3.0 ) + 1.0 );
	}
	float w3( float a ) {
		return ( 1.0 / 6.0 ) * ( a * a * a );
	}
	float g0( float a ) {
		return w0( a ) + w1( a );
	}
	float g1( float a ) {
		return w2( a ) + w3( a );
	}
	float h0( float a ) {
		return - 1.0 + w1( a ) / ( w0( a ) + w1( a ) );
	}
	float h1( float a ) {
		return 1.0 + w3( a ) / ( w2( a ) + w3( a ) );
	}
	vec4 bicubic( sampler2D tex, vec2 uv, vec4 texelSize, float lod ) {
		uv = uv * texelSize.zw + 0.5;
		vec2 iuv = floor( uv );
		vec2 fuv = fract( uv );
		float g0x = g0( fuv.x );
		float g1x = g1( fuv.x );
		float h0x = h0( fuv.x );
		float h1x = h1( fuv.x );
		float h0y = h0( fuv.y );
		float h1y = h1( fuv.y );
		vec2 p0 = ( vec2( iuv.x + h0x, iuv.y + h0y ) - 0.5 ) * texelSize.xy;
		vec2 p1 = ( vec2( iuv.x + h1x, iuv.y + h0y ) - 0.5 ) * texelSize.xy;
		vec2 p2 = ( vec2( iuv.x + h0x, iuv.y + h1y ) - 0.5 ) * texelSize.xy;
		vec2 p3 = ( vec2( iuv.x + h1x, iuv.y + h1y ) - 0.5 ) * texelSize.xy;
		return g0( fuv.y ) * ( g0x * textureLod( tex, p0, lod ) + g1x * textureLod( tex, p1, lod ) ) +
			g1( fuv.y ) * ( g0x * textureLod( tex, p2, lod ) + g1x * textureLod( tex, p3, lod ) );
	}
	vec4 textureBicubic( sampler2D sampler, vec2 uv, float lod ) {
		vec2 fLodSize = vec2( textureSize( sampler, int( lod ) ) );
		vec2 cLodSize = vec2( textureSize( sampler, int( lod + 1.0 ) ) );
		vec2 fLodSizeInv = 1.0 / fLodSize;
		vec2 cLodSizeInv = 1.0 / cLodSize;
		vec4 fSample = bicubic( sampler, uv, vec4( fLodSizeInv, fLodSize ), floor( lod ) );
		vec4 cSample = bicubic( sampler, uv, vec4( cLodSizeInv, cLodSize ), ceil( lod ) );
		return mix( fSample, cSample, fract( lod ) );
	}
	vec3 getVolumeTransmissionRay( const in vec3 n, const in vec3 v, const in float thickness, const in float ior, const in mat4 modelMatrix ) {
		vec3 refractionVector = refract( - v, normalize( n ), 1.0 / ior );
		vec3 modelScale;
		modelScale.x = length( vec3( modelMatrix[ 0 ].xyz ) );
		modelScale.y = length( vec3( modelMatrix[ 1 ].xyz ) );
		modelScale.z = length( vec3( modelMatrix[ 2 ].xyz ) );
		return normalize( refractionVector ) * thickness * modelScale;
	}
	float applyIorToRoughness( const in float roughness, const in float ior ) {
		return roughness * clamp( ior * 2.0 - 2.0, 0.0, 1.0 );
	}
	vec4 getTransmissionSample( const in vec2 fragCoord, const in float roughness, const in float ior ) {
		float lod = log2( transmissionSamplerSize.x ) * applyIorToRoughness( roughness, ior );
		return textureBicubic( transmissionSamplerMap, fragCoord.xy, lod );
	}
	vec3 volumeAttenuation( const in float transmissionDistance, const in vec3 attenuationColor, const in float attenuationDistance ) {
		if ( isinf( attenuationDistance ) ) {
			return vec3( 1.0 );
		} else {
			vec3 attenuationCoefficient = -log( attenuationColor ) / attenuationDistance;
			vec3 transmittance = exp( - attenuationCoefficient * transmissionDistance );			return transmittance;
		}
	}
	vec4 getIBLVolumeRefraction( const in vec3 n, const in vec3 v, const in float roughness, const in vec3 diffuseColor,
		const in vec3 specularColor, const in float specularF90, const in vec3 position, const in mat4 modelMatrix,
		const in mat4 viewMatrix, const in mat4 projMatrix, const in float dispersion, const in float ior, const in float thickness,
		const in vec3 attenuationColor, const in float attenuationDistance ) {
		vec4 transmittedLight;
		vec3 transmittance;
		#ifdef USE_DISPERSION
			float halfSpread = ( ior - 1.0 ) * 0.025 * dispersion;
			vec3 iors = vec3( ior - halfSpread, ior, ior + halfSpread );
			for ( int i = 0; i < 3; i ++ ) {
				vec3 transmissionRay = getVolumeTransmissionRay( n, v, thickness, iors[ i ], modelMatrix );
				vec3 refractedRayExit = position + transmissionRay;
				vec4 ndcPos = projMatrix * viewMatrix * vec4( refractedRayExit, 1.0 );
				vec2 refractionCoords = ndcPos.xy / ndcPos.w;
				refractionCoords += 1.0;
				refractionCoords /= 2.0;
				vec4 transmissionSample = getTransmissionSample( refractionCoords, roughness, iors[ i ] );
				transmittedLight[ i ] = transmissionSample[ i ];
				transmittedLight.a += transmissionSample.a;
				transmittance[ i ] = diffuseColor[ i ] * volumeAttenuation( length( transmissionRay ), attenuationColor, attenuationDistance )[ i ];
			}
			transmittedLight.a /= 3.0;
		#else
			vec3 transmissionRay = getVolumeTransmissionRay( n, v, thickness, ior, modelMatrix );
			vec3 refractedRayExit = position + transmissionRay;
			vec4 ndcPos = projMatrix * viewMatrix * vec4( refractedRayExit, 1.0 );
			vec2 refractionCoords = ndcPos.xy / ndcPos.w;
			refractionCoords += 1.0;
			refractionCoords /= 2.0;
			transmittedLight = getTransmissionSample( refractionCoords, roughness, ior );
			transmittance = diffuseColor * volumeAttenuation( length( transmissionRay ), attenuationColor, attenuationDistance );
		#endif
		vec3 attenuatedColor = transmittance * transmittedLight.rgb;
		vec3 F = EnvironmentBRDF( n, v, specularColor, specularF90, roughness );
		float transmittanceFactor = ( transmittance.r + transmittance.g + transmittance.b ) / 3.0;
		return vec4( ( 1.0 - F ) * attenuatedColor, 1.0 - ( 1.0 - transmittedLight.a ) * transmittanceFactor );
	}
#endif`,Gm=`#if defined( USE_UV ) || defined( USE_ANISOTROPY )
	varying vec2 vUv;
#endif
#ifdef USE_MAP
	varying vec2 vMapUv;
#endif
#ifdef USE_ALPHAMAP
	varying vec2 vAlphaMapUv;
#endif
#ifdef USE_LIGHTMAP
	varying vec2 vLightMapUv;
#endif
#ifdef USE_AOMAP
	varying vec2 vAoMapUv;
#endif
#ifdef USE_BUMPMAP
	varying vec2 vBumpMapUv;
#endif
#ifdef USE_NORMALMAP
	varying vec2 vNormalMapUv;
#endif
#ifdef USE_EMISSIVEMAP
	varying vec2 vEmissiveMapUv;
#endif
#ifdef USE_METALNESSMAP
	varying vec2 vMetalnessMapUv;
#endif
#ifdef USE_ROUGHNESSMAP
	varying vec2 vRoughnessMapUv;
#endif
#ifdef USE_DIFFUSE_ROUGHNESSMAP
	varying vec2 vDiffuseRoughnessMapUv;
#endif
#ifdef USE_ANISOTROPYMAP
	varying vec2 vAnisotropyMapUv;
#endif
#ifdef USE_CLEARCOATMAP
	varying vec2 vClearcoatMapUv;
#endif
#ifdef USE_CLEARCOAT_NORMALMAP
	varying vec2 vClearcoatNormalMapUv;
#endif
#ifdef USE_CLEARCOAT_ROUGHNESSMAP
	varying vec2 vClearcoatRoughnessMapUv;
#endif
#ifdef USE_IRIDESCENCEMAP
	varying vec2 vIridescenceMapUv;
#endif
#ifdef USE_IRIDESCENCE_THICKNESSMAP
	varying vec2 vIridescenceThicknessMapUv;
#endif
#ifdef USE_SHEEN_COLORMAP
	varying vec2 vSheenColorMapUv;
#endif
#ifdef USE_SHEEN_ROUGHNESSMAP
	varying vec2 vSheenRoughnessMapUv;
#endif
#ifdef USE_SPECULARMAP
	varying vec2 vSpecularMapUv;
#endif
#ifdef USE_SPECULAR_COLORMAP
	varying vec2 vSpecularColorMapUv;
#endif
#ifdef USE_SPECULAR_INTENSITYMAP
	varying vec2 vSpecularIntensityMapUv;
#endif
#ifdef USE_TRANSMISSIONMAP
	uniform mat3 transmissionMapTransform;
	varying vec2 vTransmissionMapUv;
#endif
#ifdef USE_THICKNESSMAP
	uniform mat3 thicknessMapTransform;
	varying vec2 vThicknessMapUv;
#endif`,Hm=`#if defined( USE_UV ) || defined( USE_ANISOTROPY )
	varying vec2 vUv;
#endif
#ifdef USE_MAP
	uniform mat3 mapTransform;
	varying vec2 vMapUv;
#endif
#ifdef USE_ALPHAMAP
	uniform mat3 alphaMapTransform;
	varying vec2 vAlphaMapUv;
#endif
#ifdef USE_LIGHTMAP
	uniform mat3 lightMapTransform;
	varying vec2 vLightMapUv;
#endif
#ifdef USE_AOMAP
	uniform mat3 aoMapTransform;
	varying vec2 vAoMapUv;
#endif
#ifdef USE_BUMPMAP
	uniform mat3 bumpMapTransform;
	varying vec2 vBumpMapUv;
#endif
#ifdef USE_NORMALMAP
	uniform mat3 normalMapTransform;
	varying vec2 vNormalMapUv;
#endif
#ifdef USE_DISPLACEMENTMAP
	uniform mat3 displacementMapTransform;
	varying vec2 vDisplacementMapUv;
#endif
#ifdef USE_EMISSIVEMAP
	uniform mat3 emissiveMapTransform;
	varying vec2 vEmissiveMapUv;
#endif
#ifdef USE_METALNESSMAP
	uniform mat3 metalnessMapTransform;
	varying vec2 vMetalnessMapUv;
#endif
#ifdef USE_ROUGHNESSMAP
	uniform mat3 roughnessMapTransform;
	varying vec2 vRoughnessMapUv;
#endif
#ifdef USE_DIFFUSE_ROUGHNESSMAP
	uniform mat3 diffuseRoughnessMapTransform;
	varying vec2 vDiffuseRoughnessMapUv;
#endif
#ifdef USE_ANISOTROPYMAP
	uniform mat3 anisotropyMapTransform;
	varying vec2 vAnisotropyMapUv;
#endif
#ifdef USE_CLEARCOATMAP
	uniform mat3 clearcoatMapTransform;
	varying vec2 vClearcoatMapUv;
#endif
#ifdef USE_CLEARCOAT_NORMALMAP
	uniform mat3 clearcoatNormalMapTransform;
	varying vec2 vClearcoatNormalMapUv;
#endif
#ifdef USE_CLEARCOAT_ROUGHNESSMAP
	uniform mat3 clearcoatRoughnessMapTransform;
	varying vec2 vClearcoatRoughnessMapUv;
#endif
#ifdef USE_SHEEN_COLORMAP
	uniform mat3 sheenColorMapTransform;
	varying vec2 vSheenColorMapUv;
#endif
#ifdef USE_SHEEN_ROUGHNESSMAP
	uniform mat3 sheenRoughnessMapTransform;
	varying vec2 vSheenRoughnessMapUv;
#endif
#ifdef USE_IRIDESCENCEMAP
	uniform mat3 iridescenceMapTransform;
	varying vec2 vIridescenceMapUv;
#endif
#ifdef USE_IRIDESCENCE_THICKNESSMAP
	uniform mat3 iridescenceThicknessMapTransform;
	varying vec2 vIridescenceThicknessMapUv;
#endif
#ifdef USE_SPECULARMAP
	uniform mat3 specularMapTransform;
	varying vec2 vSpecularMapUv;
#endif
#ifdef USE_SPECULAR_COLORMAP
	uniform mat3 specularColorMapTransform;
	varying vec2 vSpecularColorMapUv;
#endif
#ifdef USE_SPECULAR_INTENSITYMAP
	uniform mat3 specularIntensityMapTransform;
	varying vec2 vSpecularIntensityMapUv;
#endif
#ifdef USE_TRANSMISSIONMAP
	uniform mat3 transmissionMapTransform;
	varying vec2 vTransmissionMapUv;
#endif
#ifdef USE_THICKNESSMAP
	uniform mat3 thicknessMapTransform;
	varying vec2 vThicknessMapUv;
#endif`,Wm=`#if defined( USE_UV ) || defined( USE_ANISOTROPY )
	vUv = vec3( uv, 1 ).xy;
#endif
#ifdef USE_MAP
	vMapUv = ( mapTransform * vec3( MAP_UV, 1 ) ).xy;
#endif
#ifdef USE_ALPHAMAP
	vAlphaMapUv = ( alphaMapTransform * vec3( ALPHAMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_LIGHTMAP
	vLightMapUv = ( lightMapTransform * vec3( LIGHTMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_AOMAP
	vAoMapUv = ( aoMapTransform * vec3( AOMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_BUMPMAP
	vBumpMapUv = ( bumpMapTransform * vec3( BUMPMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_NORMALMAP
	vNormalMapUv = ( normalMapTransform * vec3( NORMALMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_DISPLACEMENTMAP
	vDisplacementMapUv = ( displacementMapTransform * vec3( DISPLACEMENTMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_EMISSIVEMAP
	vEmissiveMapUv = ( emissiveMapTransform * vec3( EMISSIVEMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_METALNESSMAP
	vMetalnessMapUv = ( metalnessMapTransform * vec3( METALNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_ROUGHNESSMAP
	vRoughnessMapUv = ( roughnessMapTransform * vec3( ROUGHNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_DIFFUSE_ROUGHNESSMAP
	vDiffuseRoughnessMapUv = ( diffuseRoughnessMapTransform * vec3( DIFFUSE_ROUGHNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_ANISOTROPYMAP
	vAnisotropyMapUv = ( anisotropyMapTransform * vec3( ANISOTROPYMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_CLEARCOATMAP
	vClearcoatMapUv = ( clearcoatMapTransform * vec3( CLEARCOATMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_CLEARCOAT_NORMALMAP
	vClearcoatNormalMapUv = ( clearcoatNormalMapTransform * vec3( CLEARCOAT_NORMALMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_CLEARCOAT_ROUGHNESSMAP
	vClearcoatRoughnessMapUv = ( clearcoatRoughnessMapTransform * vec3( CLEARCOAT_ROUGHNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_IRIDESCENCEMAP
	vIridescenceMapUv = ( iridescenceMapTransform * vec3( IRIDESCENCEMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_IRIDESCENCE_THICKNESSMAP
	vIridescenceThicknessMapUv = ( iridescenceThicknessMapTransform * vec3( IRIDESCENCE_THICKNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_SHEEN_COLORMAP
	vSheenColorMapUv = ( sheenColorMapTransform * vec3( SHEEN_COLORMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_SHEEN_ROUGHNESSMAP
	vSheenRoughnessMapUv = ( sheenRoughnessMapTransform * vec3( SHEEN_ROUGHNESSMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_SPECULARMAP
	vSpecularMapUv = ( specularMapTransform * vec3( SPECULARMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_SPECULAR_COLORMAP
	vSpecularColorMapUv = ( specularColorMapTransform * vec3( SPECULAR_COLORMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_SPECULAR_INTENSITYMAP
	vSpecularIntensityMapUv = ( specularIntensityMapTransform * vec3( SPECULAR_INTENSITYMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_TRANSMISSIONMAP
	vTransmissionMapUv = ( transmissionMapTransform * vec3( TRANSMISSIONMAP_UV, 1 ) ).xy;
#endif
#ifdef USE_THICKNESSMAP
	vThicknessMapUv = ( thicknessMapTransform * vec3( THICKNESSMAP_UV, 1 ) ).xy;
#endif`,Xm=`#if defined( USE_ENVMAP ) || defined( DISTANCE ) || defined ( USE_SHADOWMAP ) || defined ( USE_TRANSMISSION ) || NUM_SPOT_LIGHT_COORDS > 0
	vec4 worldPosition = vec4( transformed, 1.0 );
	#ifdef USE_BATCHING
		worldPosition = batchingMatrix * worldPosition;
	#endif
	#ifdef USE_INSTANCING
		worldPosition = instanceMatrix * worldPosition;
	#endif
	worldPosition = modelMatrix * worldPosition;
#endif`,qm=`varying vec2 vUv;
uniform mat3 uvTransform;
void main() {
	vUv = ( uvTransform * vec3( uv, 1 ) ).xy;
	gl_Position = vec4( position.xy, 1.0, 1.0 );
}`,Ym=`uniform sampler2D t2D;
uniform float backgroundIntensity;
varying vec2 vUv;
void main() {
	vec4 texColor = texture2D( t2D, vUv );
	#ifdef DECODE_VIDEO_TEXTURE
		texColor = vec4( mix( pow( texColor.rgb * 0.9478672986 + vec3( 0.0521327014 ), vec3( 2.4 ) ), texColor.rgb * 0.0773993808, vec3( lessThanEqual( texColor.rgb, vec3( 0.04045 ) ) ) ), texColor.w );
	#endif
	texColor.rgb *= backgroundIntensity;
	gl_FragColor = texColor;
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
}`,Zm=`varying vec3 vWorldDirection;
#include <common>
void main() {
	vWorldDirection = transformDirection( position, modelMatrix );
	#include <begin_vertex>
	#include <project_vertex>
	gl_Position.z = gl_Position.w;
}`,Km=`uniform float backgroundBlurriness;
uniform float backgroundIntensity;
uniform mat3 backgroundRotation;
varying vec3 vWorldDirection;
#include <envmap_common_pars_fragment>
void main() {
	#ifdef ENVMAP_TYPE_PMREM
		vec4 texColor = textureLod( envMap, backgroundRotation * vWorldDirection, roughnessToMip( backgroundBlurriness ) );
	#else
		vec4 texColor = textureCube( envMap, backgroundRotation * vWorldDirection );
	#endif
	texColor.rgb *= backgroundIntensity;
	gl_FragColor = texColor;
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
}`,Jm=`varying vec3 vWorldDirection;
#include <common>
void main() {
	vWorldDirection = transformDirection( position, modelMatrix );
	#include <begin_vertex>
	#include <project_vertex>
	gl_Position.z = gl_Position.w;
}`,jm=`uniform samplerCube tCube;
uniform float tFlip;
uniform float opacity;
varying vec3 vWorldDirection;
void main() {
	vec4 texColor = textureCube( tCube, vec3( tFlip * vWorldDirection.x, vWorldDirection.yz ) );
	gl_FragColor = texColor;
	gl_FragColor.a *= opacity;
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
}`,Qm=`#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
varying vec2 vHighPrecisionZW;
void main() {
	#include <uv_vertex>
	#include <batching_vertex>
	#include <skinbase_vertex>
	#include <morphinstance_vertex>
	#ifdef USE_DISPLACEMENTMAP
		#include <beginnormal_vertex>
		#include <morphnormal_vertex>
		#include <skinnormal_vertex>
	#endif
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	vHighPrecisionZW = gl_Position.zw;
}`,$m=`#if DEPTH_PACKING == 3200
	uniform float opacity;
#endif
#include <common>
#include <packing>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
varying vec2 vHighPrecisionZW;
void main() {
	vec4 diffuseColor = vec4( 1.0 );
	#include <clipping_planes_fragment>
	#if DEPTH_PACKING == 3200
		diffuseColor.a = opacity;
	#endif
	#include <map_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <logdepthbuf_fragment>
	#ifdef USE_REVERSED_DEPTH_BUFFER
		float fragCoordZ = vHighPrecisionZW[ 0 ] / vHighPrecisionZW[ 1 ];
	#else
		float fragCoordZ = 0.5 * vHighPrecisionZW[ 0 ] / vHighPrecisionZW[ 1 ] + 0.5;
	#endif
	#if DEPTH_PACKING == 3200
		gl_FragColor = vec4( vec3( 1.0 - fragCoordZ ), opacity );
	#elif DEPTH_PACKING == 3201
		gl_FragColor = packDepthToRGBA( fragCoordZ );
	#elif DEPTH_PACKING == 3202
		gl_FragColor = vec4( packDepthToRGB( fragCoordZ ), 1.0 );
	#elif DEPTH_PACKING == 3203
		gl_FragColor = vec4( packDepthToRG( fragCoordZ ), 0.0, 1.0 );
	#endif
}`,eg=`#define DISTANCE
varying vec3 vWorldPosition;
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <batching_vertex>
	#include <skinbase_vertex>
	#include <morphinstance_vertex>
	#ifdef USE_DISPLACEMENTMAP
		#include <beginnormal_vertex>
		#include <morphnormal_vertex>
		#include <skinnormal_vertex>
	#endif
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <worldpos_vertex>
	#include <clipping_planes_vertex>
	vWorldPosition = worldPosition.xyz;
}`,tg=`#define DISTANCE
uniform vec3 referencePosition;
uniform float nearDistance;
uniform float farDistance;
varying vec3 vWorldPosition;
#include <common>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( 1.0 );
	#include <clipping_planes_fragment>
	#include <map_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	float dist = length( vWorldPosition - referencePosition );
	dist = ( dist - nearDistance ) / ( farDistance - nearDistance );
	dist = saturate( dist );
	gl_FragColor = vec4( dist, 0.0, 0.0, 1.0 );
}`,ng=`varying vec3 vWorldDirection;
#include <common>
void main() {
	vWorldDirection = transformDirection( position, modelMatrix );
	#include <begin_vertex>
	#include <project_vertex>
}`,ig=`uniform sampler2D tEquirect;
varying vec3 vWorldDirection;
#include <common>
void main() {
	vec3 direction = normalize( vWorldDirection );
	vec2 sampleUV = equirectUv( direction );
	gl_FragColor = texture2D( tEquirect, sampleUV );
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
}`,sg=`uniform float scale;
attribute float lineDistance;
varying float vLineDistance;
#include <common>
#include <uv_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <morphtarget_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	vLineDistance = scale * lineDistance;
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	#include <fog_vertex>
}`,rg=`uniform vec3 diffuse;
uniform float opacity;
uniform float dashSize;
uniform float totalSize;
varying float vLineDistance;
#include <common>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <fog_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	if ( mod( vLineDistance, totalSize ) > dashSize ) {
		discard;
	}
	vec3 outgoingLight = vec3( 0.0 );
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	outgoingLight = diffuseColor.rgb;
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
}`,og=`#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <envmap_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#if defined ( USE_ENVMAP ) || defined ( USE_SKINNING )
		#include <beginnormal_vertex>
		#include <morphnormal_vertex>
		#include <skinbase_vertex>
		#include <skinnormal_vertex>
		#include <defaultnormal_vertex>
	#endif
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	#include <worldpos_vertex>
	#include <envmap_vertex>
	#include <fog_vertex>
}`,ag=`uniform vec3 diffuse;
uniform float opacity;
#ifndef FLAT_SHADED
	varying vec3 vNormal;
#endif
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <aomap_pars_fragment>
#include <lightmap_pars_fragment>
#include <envmap_common_pars_fragment>
#include <envmap_pars_fragment>
#include <fog_pars_fragment>
#include <specularmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <specularmap_fragment>
	ReflectedLight reflectedLight = ReflectedLight( vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ) );
	#ifdef USE_LIGHTMAP
		vec4 lightMapTexel = texture2D( lightMap, vLightMapUv );
		reflectedLight.indirectDiffuse += lightMapTexel.rgb * lightMapIntensity * RECIPROCAL_PI;
	#else
		reflectedLight.indirectDiffuse += vec3( 1.0 );
	#endif
	#include <aomap_fragment>
	reflectedLight.indirectDiffuse *= diffuseColor.rgb;
	vec3 outgoingLight = reflectedLight.indirectDiffuse;
	#include <envmap_fragment>
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,lg=`#define LAMBERT
varying vec3 vViewPosition;
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <envmap_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <shadowmap_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	vViewPosition = - mvPosition.xyz;
	#include <worldpos_vertex>
	#include <envmap_vertex>
	#include <shadowmap_vertex>
	#include <fog_vertex>
}`,cg=`#define LAMBERT
uniform vec3 diffuse;
uniform vec3 emissive;
uniform float opacity;
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <aomap_pars_fragment>
#include <lightmap_pars_fragment>
#include <emissivemap_pars_fragment>
#include <envmap_common_pars_fragment>
#include <envmap_pars_fragment>
#include <envmap_physical_pars_fragment>
#include <fog_pars_fragment>
#include <bsdfs>
#include <lights_pars_begin>
#include <normal_pars_fragment>
#include <lights_lambert_pars_fragment>
#include <shadowmap_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <specularmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	ReflectedLight reflectedLight = ReflectedLight( vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ) );
	vec3 totalEmissiveRadiance = emissive;
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <specularmap_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	#include <emissivemap_fragment>
	#include <lights_lambert_fragment>
	#include <lights_fragment_begin>
	#include <lights_fragment_maps>
	#include <lights_fragment_end>
	#include <aomap_fragment>
	vec3 outgoingLight = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse + totalEmissiveRadiance;
	#include <envmap_fragment>
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,hg=`#define MATCAP
varying vec3 vViewPosition;
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <color_pars_vertex>
#include <displacementmap_pars_vertex>
#include <fog_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	#include <fog_vertex>
	vViewPosition = - mvPosition.xyz;
}`,ug=`#define MATCAP
uniform vec3 diffuse;
uniform float opacity;
uniform sampler2D matcap;
varying vec3 vViewPosition;
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <fog_pars_fragment>
#include <normal_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	vec3 viewDir = normalize( vViewPosition );
	vec3 x = normalize( vec3( viewDir.z, 0.0, - viewDir.x ) );
	vec3 y = cross( viewDir, x );
	vec2 uv = vec2( dot( x, normal ), dot( y, normal ) ) * 0.495 + 0.5;
	#ifdef USE_MATCAP
		vec4 matcapColor = texture2D( matcap, uv );
	#else
		vec4 matcapColor = vec4( vec3( mix( 0.2, 0.8, uv.y ) ), 1.0 );
	#endif
	vec3 outgoingLight = diffuseColor.rgb * matcapColor.rgb;
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,dg=`#define NORMAL
#if defined( FLAT_SHADED ) || defined( USE_BUMPMAP ) || defined( USE_NORMALMAP_TANGENTSPACE )
	varying vec3 vViewPosition;
#endif
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphinstance_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
#if defined( FLAT_SHADED ) || defined( USE_BUMPMAP ) || defined( USE_NORMALMAP_TANGENTSPACE )
	vViewPosition = - mvPosition.xyz;
#endif
}`,fg=`#define NORMAL
uniform float opacity;
#if defined( FLAT_SHADED ) || defined( USE_BUMPMAP ) || defined( USE_NORMALMAP_TANGENTSPACE )
	varying vec3 vViewPosition;
#endif
#include <uv_pars_fragment>
#include <normal_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( 0.0, 0.0, 0.0, opacity );
	#include <clipping_planes_fragment>
	#include <logdepthbuf_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	gl_FragColor = vec4( normalize( normal ) * 0.5 + 0.5, diffuseColor.a );
	#ifdef OPAQUE
		gl_FragColor.a = 1.0;
	#endif
}`,pg=`#define PHONG
varying vec3 vViewPosition;
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <envmap_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <shadowmap_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphinstance_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	vViewPosition = - mvPosition.xyz;
	#include <worldpos_vertex>
	#include <envmap_vertex>
	#include <shadowmap_vertex>
	#include <fog_vertex>
}`,mg=`#define PHONG
uniform vec3 diffuse;
uniform vec3 emissive;
uniform vec3 specular;
uniform float shininess;
uniform float opacity;
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <aomap_pars_fragment>
#include <lightmap_pars_fragment>
#include <emissivemap_pars_fragment>
#include <envmap_common_pars_fragment>
#include <envmap_pars_fragment>
#include <envmap_physical_pars_fragment>
#include <fog_pars_fragment>
#include <bsdfs>
#include <lights_pars_begin>
#include <normal_pars_fragment>
#include <lights_phong_pars_fragment>
#include <shadowmap_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <specularmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	ReflectedLight reflectedLight = ReflectedLight( vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ) );
	vec3 totalEmissiveRadiance = emissive;
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <specularmap_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	#include <emissivemap_fragment>
	#include <lights_phong_fragment>
	#include <lights_fragment_begin>
	#include <lights_fragment_maps>
	#include <lights_fragment_end>
	#include <aomap_fragment>
	vec3 outgoingLight = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse + reflectedLight.directSpecular + reflectedLight.indirectSpecular + totalEmissiveRadiance;
	#include <envmap_fragment>
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,gg=`#define STANDARD
varying vec3 vViewPosition;
#ifdef USE_TRANSMISSION
	varying vec3 vWorldPosition;
#endif
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <shadowmap_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	vViewPosition = - mvPosition.xyz;
	#include <worldpos_vertex>
	#include <shadowmap_vertex>
	#include <fog_vertex>
#ifdef USE_TRANSMISSION
	vWorldPosition = worldPosition.xyz;
#endif
}`,yg=`#define STANDARD
#ifdef PHYSICAL
	#define IOR
	#define USE_SPECULAR
#endif
uniform vec3 diffuse;
uniform vec3 emissive;
uniform float roughness;
uniform float metalness;
uniform float opacity;
#ifdef IOR
	uniform float ior;
#endif
#ifdef USE_SPECULAR
	uniform float specularIntensity;
	uniform vec3 specularColor;
	#ifdef USE_SPECULAR_COLORMAP
		uniform sampler2D specularColorMap;
	#endif
	#ifdef USE_SPECULAR_INTENSITYMAP
		uniform sampler2D specularIntensityMap;
	#endif
#endif
#ifdef USE_CLEARCOAT
	uniform float clearcoat;
	uniform float clearcoatRoughness;
#endif
#ifdef USE_DIFFUSE_ROUGHNESS
	uniform float diffuseRoughness;
	#ifdef USE_DIFFUSE_ROUGHNESSMAP
		uniform sampler2D diffuseRoughnessMap;
	#endif
#endif
#ifdef USE_DISPERSION
	uniform float dispersion;
#endif
#ifdef USE_RETROREFLECTION
	uniform float retroreflectivity;
#endif
#ifdef USE_IRIDESCENCE
	uniform float iridescence;
	uniform float iridescenceIOR;
	uniform float iridescenceThicknessMinimum;
	uniform float iridescenceThicknessMaximum;
#endif
#ifdef USE_SHEEN
	uniform vec3 sheenColor;
	uniform float sheenRoughness;
	#ifdef USE_SHEEN_COLORMAP
		uniform sampler2D sheenColorMap;
	#endif
	#ifdef USE_SHEEN_ROUGHNESSMAP
		uniform sampler2D sheenRoughnessMap;
	#endif
#endif
#ifdef USE_ANISOTROPY
	uniform vec2 anisotropyVector;
	#ifdef USE_ANISOTROPYMAP
		uniform sampler2D anisotropyMap;
	#endif
#endif
varying vec3 vViewPosition;
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <aomap_pars_fragment>
#include <lightmap_pars_fragment>
#include <emissivemap_pars_fragment>
#include <iridescence_fragment>
#include <envmap_common_pars_fragment>
#include <envmap_physical_pars_fragment>
#include <fog_pars_fragment>
#include <lights_pars_begin>
#include <normal_pars_fragment>
#include <lights_physical_pars_fragment>
#include <transmission_pars_fragment>
#include <shadowmap_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <clearcoat_pars_fragment>
#include <iridescence_pars_fragment>
#include <roughnessmap_pars_fragment>
#include <metalnessmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	ReflectedLight reflectedLight = ReflectedLight( vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ) );
	vec3 totalEmissiveRadiance = emissive;
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <roughnessmap_fragment>
	#include <metalnessmap_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	#include <clearcoat_normal_fragment_begin>
	#include <clearcoat_normal_fragment_maps>
	#include <emissivemap_fragment>
	#include <lights_physical_fragment>
	#include <lights_fragment_begin>
	#include <lights_fragment_maps>
	#include <lights_fragment_end>
	#include <aomap_fragment>
	vec3 totalDiffuse = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse;
	vec3 totalSpecular = reflectedLight.directSpecular + reflectedLight.indirectSpecular;
	#include <transmission_fragment>
	vec3 outgoingLight = totalDiffuse + totalSpecular + totalEmissiveRadiance;
	#ifdef USE_SHEEN
 
		outgoingLight = outgoingLight + sheenSpecularDirect + sheenSpecularIndirect;
 
 	#endif
	#ifdef USE_CLEARCOAT
		float dotNVcc = saturate( dot( geometryClearcoatNormal, geometryViewDir ) );
		vec3 Fcc = F_Schlick( material.clearcoatF0, material.clearcoatF90, dotNVcc );
		outgoingLight = outgoingLight * ( 1.0 - material.clearcoat * Fcc ) + ( clearcoatSpecularDirect + clearcoatSpecularIndirect ) * material.clearcoat;
	#endif
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,xg=`#define TOON
varying vec3 vViewPosition;
#include <common>
#include <batching_pars_vertex>
#include <uv_pars_vertex>
#include <displacementmap_pars_vertex>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <normal_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <shadowmap_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <normal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <displacementmap_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	vViewPosition = - mvPosition.xyz;
	#include <worldpos_vertex>
	#include <shadowmap_vertex>
	#include <fog_vertex>
}`,vg=`#define TOON
uniform vec3 diffuse;
uniform vec3 emissive;
uniform float opacity;
#include <common>
#include <dithering_pars_fragment>
#include <color_pars_fragment>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <aomap_pars_fragment>
#include <lightmap_pars_fragment>
#include <emissivemap_pars_fragment>
#include <gradientmap_pars_fragment>
#include <fog_pars_fragment>
#include <bsdfs>
#include <lights_pars_begin>
#include <normal_pars_fragment>
#include <lights_toon_pars_fragment>
#include <shadowmap_pars_fragment>
#include <bumpmap_pars_fragment>
#include <normalmap_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	ReflectedLight reflectedLight = ReflectedLight( vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ), vec3( 0.0 ) );
	vec3 totalEmissiveRadiance = emissive;
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <color_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	#include <normal_fragment_begin>
	#include <normal_fragment_maps>
	#include <emissivemap_fragment>
	#include <lights_toon_fragment>
	#include <lights_fragment_begin>
	#include <lights_fragment_maps>
	#include <lights_fragment_end>
	#include <aomap_fragment>
	vec3 outgoingLight = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse + totalEmissiveRadiance;
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
	#include <dithering_fragment>
}`,_g=`uniform float size;
uniform float scale;
#include <common>
#include <color_pars_vertex>
#include <fog_pars_vertex>
#include <morphtarget_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
#ifdef USE_POINTS_UV
	varying vec2 vUv;
	uniform mat3 uvTransform;
#endif
void main() {
	#ifdef USE_POINTS_UV
		vUv = ( uvTransform * vec3( uv, 1 ) ).xy;
	#endif
	#include <color_vertex>
	#include <morphinstance_vertex>
	#include <morphcolor_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <project_vertex>
	gl_PointSize = size;
	#ifdef USE_SIZEATTENUATION
		bool isPerspective = isPerspectiveMatrix( projectionMatrix );
		if ( isPerspective ) gl_PointSize *= ( scale / - mvPosition.z );
	#endif
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	#include <worldpos_vertex>
	#include <fog_vertex>
}`,Sg=`uniform vec3 diffuse;
uniform float opacity;
#include <common>
#include <color_pars_fragment>
#include <map_particle_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <fog_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	vec3 outgoingLight = vec3( 0.0 );
	#include <logdepthbuf_fragment>
	#include <map_particle_fragment>
	#include <color_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	outgoingLight = diffuseColor.rgb;
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
}`,bg=`#include <common>
#include <batching_pars_vertex>
#include <fog_pars_vertex>
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <shadowmap_pars_vertex>
void main() {
	#include <batching_vertex>
	#include <beginnormal_vertex>
	#include <morphinstance_vertex>
	#include <morphnormal_vertex>
	#include <skinbase_vertex>
	#include <skinnormal_vertex>
	#include <defaultnormal_vertex>
	#include <begin_vertex>
	#include <morphtarget_vertex>
	#include <skinning_vertex>
	#include <project_vertex>
	#include <logdepthbuf_vertex>
	#include <worldpos_vertex>
	#include <shadowmap_vertex>
	#include <fog_vertex>
}`,Mg=`uniform vec3 color;
uniform float opacity;
#include <common>
#include <fog_pars_fragment>
#include <bsdfs>
#include <lights_pars_begin>
#include <logdepthbuf_pars_fragment>
#include <shadowmap_pars_fragment>
#include <shadowmask_pars_fragment>
void main() {
	#include <logdepthbuf_fragment>
	gl_FragColor = vec4( color, opacity * ( 1.0 - getShadowMask() ) );
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
	#include <premultiplied_alpha_fragment>
}`,wg=`uniform float rotation;
uniform vec2 center;
#include <common>
#include <uv_pars_vertex>
#include <fog_pars_vertex>
#include <logdepthbuf_pars_vertex>
#include <clipping_planes_pars_vertex>
void main() {
	#include <uv_vertex>
	vec4 mvPosition = modelViewMatrix[ 3 ];
	vec2 scale = vec2( length( modelMatrix[ 0 ].xyz ), length( modelMatrix[ 1 ].xyz ) );
	#ifndef USE_SIZEATTENUATION
		bool isPerspective = isPerspectiveMatrix( projectionMatrix );
		if ( isPerspective ) scale *= - mvPosition.z;
	#endif
	vec2 alignedPosition = ( position.xy - ( center - vec2( 0.5 ) ) ) * scale;
	vec2 rotatedPosition;
	rotatedPosition.x = cos( rotation ) * alignedPosition.x - sin( rotation ) * alignedPosition.y;
	rotatedPosition.y = sin( rotation ) * alignedPosition.x + cos( rotation ) * alignedPosition.y;
	mvPosition.xy += rotatedPosition;
	gl_Position = projectionMatrix * mvPosition;
	#include <logdepthbuf_vertex>
	#include <clipping_planes_vertex>
	#include <fog_vertex>
}`,Tg=`uniform vec3 diffuse;
uniform float opacity;
#include <common>
#include <uv_pars_fragment>
#include <map_pars_fragment>
#include <alphamap_pars_fragment>
#include <alphatest_pars_fragment>
#include <alphahash_pars_fragment>
#include <fog_pars_fragment>
#include <logdepthbuf_pars_fragment>
#include <clipping_planes_pars_fragment>
void main() {
	vec4 diffuseColor = vec4( diffuse, opacity );
	#include <clipping_planes_fragment>
	vec3 outgoingLight = vec3( 0.0 );
	#include <logdepthbuf_fragment>
	#include <map_fragment>
	#include <alphamap_fragment>
	#include <alphatest_fragment>
	#include <alphahash_fragment>
	outgoingLight = diffuseColor.rgb;
	#include <opaque_fragment>
	#include <tonemapping_fragment>
	#include <colorspace_fragment>
	#include <fog_fragment>
}`,ke={alphahash_fragment:Yf,alphahash_pars_fragment:Zf,alphamap_fragment:Kf,alphamap_pars_fragment:Jf,alphatest_fragment:jf,alphatest_pars_fragment:Qf,aomap_fragment:$f,aomap_pars_fragment:ep,batching_pars_vertex:tp,batching_vertex:np,begin_vertex:ip,beginnormal_vertex:sp,bsdfs:rp,iridescence_fragment:op,bumpmap_pars_fragment:ap,clipping_planes_fragment:lp,clipping_planes_pars_fragment:cp,clipping_planes_pars_vertex:hp,clipping_planes_vertex:up,color_fragment:dp,color_pars_fragment:fp,color_pars_vertex:pp,color_vertex:mp,common:gp,defaultnormal_vertex:yp,displacementmap_pars_vertex:xp,displacementmap_vertex:vp,emissivemap_fragment:_p,emissivemap_pars_fragment:Sp,colorspace_fragment:bp,colorspace_pars_fragment:Mp,envmap_fragment:wp,envmap_common_pars_fragment:Tp,envmap_pars_fragment:Ep,envmap_pars_vertex:Ap,envmap_physical_pars_fragment:Bp,envmap_vertex:Rp,fog_vertex:Cp,fog_pars_vertex:Pp,fog_fragment:Ip,fog_pars_fragment:Lp,gradientmap_pars_fragment:Up,lightmap_pars_fragment:Dp,lights_lambert_fragment:Np,lights_lambert_pars_fragment:Fp,lights_pars_begin:Op,lights_toon_fragment:kp,lights_toon_pars_fragment:zp,lights_phong_fragment:Vp,lights_phong_pars_fragment:Gp,lights_physical_fragment:Hp,lights_physical_pars_fragment:Wp,lights_fragment_begin:Xp,lights_fragment_maps:qp,lights_fragment_end:Yp,lightprobes_pars_fragment:Zp,logdepthbuf_fragment:Kp,logdepthbuf_pars_fragment:Jp,logdepthbuf_pars_vertex:jp,logdepthbuf_vertex:Qp,map_fragment:$p,map_pars_fragment:em,map_particle_fragment:tm,map_particle_pars_fragment:nm,metalnessmap_fragment:im,metalnessmap_pars_fragment:sm,morphinstance_vertex:rm,morphcolor_vertex:om,morphnormal_vertex:am,morphtarget_pars_vertex:lm,morphtarget_vertex:cm,normal_fragment_begin:hm,normal_fragment_maps:um,normal_pars_fragment:dm,normal_pars_vertex:fm,normal_vertex:pm,normalmap_pars_fragment:mm,clearcoat_normal_fragment_begin:gm,clearcoat_normal_fragment_maps:ym,clearcoat_pars_fragment:xm,iridescence_pars_fragment:vm,opaque_fragment:_m,packing:Sm,premultiplied_alpha_fragment:bm,project_vertex:Mm,dithering_fragment:wm,dithering_pars_fragment:Tm,roughnessmap_fragment:Em,roughnessmap_pars_fragment:Am,shadowmap_pars_fragment:Rm,shadowmap_pars_vertex:Cm,shadowmap_vertex:Pm,shadowmask_pars_fragment:Im,skinbase_vertex:Lm,skinning_pars_vertex:Um,skinning_vertex:Dm,skinnormal_vertex:Nm,specularmap_fragment:Fm,specularmap_pars_fragment:Om,tonemapping_fragment:Bm,tonemapping_pars_fragment:km,transmission_fragment:zm,transmission_pars_fragment:Vm,uv_pars_fragment:Gm,uv_pars_vertex:Hm,uv_vertex:Wm,worldpos_vertex:Xm,background_vert:qm,background_frag:Ym,backgroundCube_vert:Zm,backgroundCube_frag:Km,cube_vert:Jm,cube_frag:jm,depth_vert:Qm,depth_frag:$m,distance_vert:eg,distance_frag:tg,equirect_vert:ng,equirect_frag:ig,linedashed_vert:sg,linedashed_frag:rg,meshbasic_vert:og,meshbasic_frag:ag,meshlambert_vert:lg,meshlambert_frag:cg,meshmatcap_vert:hg,meshmatcap_frag:ug,meshnormal_vert:dg,meshnormal_frag:fg,meshphong_vert:pg,meshphong_frag:mg,meshphysical_vert:gg,meshphysical_frag:yg,meshtoon_vert:xg,meshtoon_frag:vg,points_vert:_g,points_frag:Sg,shadow_vert:bg,shadow_frag:Mg,sprite_vert:wg,sprite_frag:Tg},fe={common:{diffuse:{value:new Fe(16777215)},opacity:{value:1},map:{value:null},mapTransform:{value:new Ie},alphaMap:{value:null},alphaMapTransform:{value:new Ie},alphaTest:{value:0}},specularmap:{specularMap:{value:null},specularMapTransform:{value:new Ie}},envmap:{envMap:{value:null},envMapRotation:{value:new Ie},reflectivity:{value:1},ior:{value:1.5},refractionRatio:{value:.98},dfgLUT:{value:null}},aomap:{aoMap:{value:null},aoMapIntensity:{value:1},aoMapTransform:{value:new Ie}},lightmap:{lightMap:{value:null},lightMapIntensity:{value:1},lightMapTransform:{value:new Ie}},bumpmap:{bumpMap:{value:null},bumpMapTransform:{value:new Ie},bumpScale:{value:1}},normalmap:{normalMap:{value:null},normalMapTransform:{value:new Ie},normalScale:{value:new Te(1,1)}},displacementmap:{displacementMap:{value:null},displacementMapTransform:{value:new Ie},displacementScale:{value:1},displacementBias:{value:0}},emissivemap:{emissiveMap:{value:null},emissiveMapTransform:{value:new Ie}},metalnessmap:{metalnessMap:{value:null},metalnessMapTransform:{value:new Ie}},roughnessmap:{roughnessMap:{value:null},roughnessMapTransform:{value:new Ie}},gradientmap:{gradientMap:{value:null}},fog:{fogDensity:{value:25e-5},fogNear:{value:1},fogFar:{value:2e3},fogColor:{value:new Fe(16777215)}},lights:{ambientLightColor:{value:[]},lightProbe:{value:[]},sunLights:{value:[],properties:{direction:{},color:{}}},sunLightShadows:{value:[],properties:{shadowIntensity:1,shadowBias:{},shadowNormalBias:{},shadowRadius:{},shadowMapSize:{}}},sunShadowMatrix:{value:[]},sunShadowCascade:{value:[]},directionalLights:{value:[],properties:{direction:{},color:{}}},directionalLightShadows:{value:[],properties:{shadowIntensity:1,shadowBias:{},shadowNormalBias:{},shadowRadius:{},shadowMapSize:{}}},directionalShadowMatrix:{value:[]},spotLights:{value:[],properties:{color:{},position:{},direction:{},distance:{},coneCos:{},penumbraCos:{},decay:{}}},spotLightShadows:{value:[],properties:{shadowIntensity:1,shadowBias:{},shadowNormalBias:{},shadowRadius:{},shadowMapSize:{}}},spotLightMap:{value:[]},spotLightMatrix:{value:[]},pointLights:{value:[],properties:{color:{},position:{},decay:{},distance:{}}},pointLightShadows:{value:[],properties:{shadowIntensity:1,shadowBias:{},shadowNormalBias:{},shadowRadius:{},shadowMapSize:{},shadowCameraNear:{},shadowCameraFar:{}}},pointShadowMatrix:{value:[]},hemisphereLights:{value:[],properties:{direction:{},skyColor:{},groundColor:{}}},rectAreaLights:{value:[],properties:{color:{},position:{},width:{},height:{}}},ltc_1:{value:null},ltc_2:{value:null},probesSH:{value:[]},probesMin:{value:[]},probesMax:{value:[]},probesResolution:{value:[]}},points:{diffuse:{value:new Fe(16777215)},opacity:{value:1},size:{value:1},scale:{value:1},map:{value:null},alphaMap:{value:null},alphaMapTransform:{value:new Ie},alphaTest:{value:0},uvTransform:{value:new Ie}},sprite:{diffuse:{value:new Fe(16777215)},opacity:{value:1},center:{value:new Te(.5,.5)},rotation:{value:0},map:{value:null},mapTransform:{value:new Ie},alphaMap:{value:null},alphaMapTransform:{value:new Ie},alphaTest:{value:0}}},En={basic:{uniforms:Dt([fe.common,fe.specularmap,fe.envmap,fe.aomap,fe.lightmap,fe.fog]),vertexShader:ke.meshbasic_vert,fragmentShader:ke.meshbasic_frag},lambert:{uniforms:Dt([fe.common,fe.specularmap,fe.envmap,fe.aomap,fe.lightmap,fe.emissivemap,fe.bumpmap,fe.normalmap,fe.displacementmap,fe.fog,fe.lights,{emissive:{value:new Fe(0)},envMapIntensity:{value:1}}]),vertexShader:ke.meshlambert_vert,fragmentShader:ke.meshlambert_frag},phong:{uniforms:Dt([fe.common,fe.specularmap,fe.envmap,fe.aomap,fe.lightmap,fe.emissivemap,fe.bumpmap,fe.normalmap,fe.displacementmap,fe.fog,fe.lights,{emissive:{value:new Fe(0)},specular:{value:new Fe(1118481)},shininess:{value:30},envMapIntensity:{value:1}}]),vertexShader:ke.meshphong_vert,fragmentShader:ke.meshphong_frag},standard:{uniforms:Dt([fe.common,fe.envmap,fe.aomap,fe.lightmap,fe.emissivemap,fe.bumpmap,fe.normalmap,fe.displacementmap,fe.roughnessmap,fe.metalnessmap,fe.fog,fe.lights,{emissive:{value:new Fe(0)},roughness:{value:1},metalness:{value:0},envMapIntensity:{value:1}}]),vertexShader:ke.meshphysical_vert,fragmentShader:ke.meshphysical_frag},toon:{uniforms:Dt([fe.common,fe.aomap,fe.lightmap,fe.emissivemap,fe.bumpmap,fe.normalmap,fe.displacementmap,fe.gradientmap,fe.fog,fe.lights,{emissive:{value:new Fe(0)}}]),vertexShader:ke.meshtoon_vert,fragmentShader:ke.meshtoon_frag},matcap:{uniforms:Dt([fe.common,fe.bumpmap,fe.normalmap,fe.displacementmap,fe.fog,{matcap:{value:null}}]),vertexShader:ke.meshmatcap_vert,fragmentShader:ke.meshmatcap_frag},points:{uniforms:Dt([fe.points,fe.fog]),vertexShader:ke.points_vert,fragmentShader:ke.points_frag},dashed:{uniforms:Dt([fe.common,fe.fog,{scale:{value:1},dashSize:{value:1},totalSize:{value:2}}]),vertexShader:ke.linedashed_vert,fragmentShader:ke.linedashed_frag},depth:{uniforms:Dt([fe.common,fe.displacementmap]),vertexShader:ke.depth_vert,fragmentShader:ke.depth_frag},normal:{uniforms:Dt([fe.common,fe.bumpmap,fe.normalmap,fe.displacementmap,{opacity:{value:1}}]),vertexShader:ke.meshnormal_vert,fragmentShader:ke.meshnormal_frag},sprite:{uniforms:Dt([fe.sprite,fe.fog]),vertexShader:ke.sprite_vert,fragmentShader:ke.sprite_frag},background:{uniforms:{uvTransform:{value:new Ie},t2D:{value:null},backgroundIntensity:{value:1}},vertexShader:ke.background_vert,fragmentShader:ke.background_frag},backgroundCube:{uniforms:{envMap:{value:null},backgroundBlurriness:{value:0},backgroundIntensity:{value:1},backgroundRotation:{value:new Ie}},vertexShader:ke.backgroundCube_vert,fragmentShader:ke.backgroundCube_frag},cube:{uniforms:{tCube:{value:null},tFlip:{value:-1},opacity:{value:1}},vertexShader:ke.cube_vert,fragmentShader:ke.cube_frag},equirect:{uniforms:{tEquirect:{value:null}},vertexShader:ke.equirect_vert,fragmentShader:ke.equirect_frag},distance:{uniforms:Dt([fe.common,fe.displacementmap,{referencePosition:{value:new U},nearDistance:{value:1},farDistance:{value:1e3}}]),vertexShader:ke.distance_vert,fragmentShader:ke.distance_frag},shadow:{uniforms:Dt([fe.lights,fe.fog,{color:{value:new Fe(0)},opacity:{value:1}}]),vertexShader:ke.shadow_vert,fragmentShader:ke.shadow_frag}};En.physical={uniforms:Dt([En.standard.uniforms,{clearcoat:{value:0},clearcoatMap:{value:null},clearcoatMapTransform:{value:new Ie},clearcoatNormalMap:{value:null},clearcoatNormalMapTransform:{value:new Ie},clearcoatNormalScale:{value:new Te(1,1)},clearcoatRoughness:{value:0},clearcoatRoughnessMap:{value:null},clearcoatRoughnessMapTransform:{value:new Ie},diffuseRoughness:{value:0},diffuseRoughnessMap:{value:null},diffuseRoughnessMapTransform:{value:new Ie},dispersion:{value:0},retroreflectivity:{value:0},iridescence:{value:0},iridescenceMap:{value:null},iridescenceMapTransform:{value:new Ie},iridescenceIOR:{value:1.3},iridescenceThicknessMinimum:{value:100},iridescenceThicknessMaximum:{value:400},iridescenceThicknessMap:{value:null},iridescenceThicknessMapTransform:{value:new Ie},sheen:{value:0},sheenColor:{value:new Fe(0)},sheenColorMap:{value:null},sheenColorMapTransform:{value:new Ie},sheenRoughness:{value:1},sheenRoughnessMap:{value:null},sheenRoughnessMapTransform:{value:new Ie},transmission:{value:0},transmissionMap:{value:null},transmissionMapTransform:{value:new Ie},transmissionSamplerSize:{value:new Te},transmissionSamplerMap:{value:null},thickness:{value:0},thicknessMap:{value:null},thicknessMapTransform:{value:new Ie},attenuationDistance:{value:0},attenuationColor:{value:new Fe(0)},specularColor:{value:new Fe(1,1,1)},specularColorMap:{value:null},specularColorMapTransform:{value:new Ie},specularIntensity:{value:1},specularIntensityMap:{value:null},specularIntensityMapTransform:{value:new Ie},anisotropyVector:{value:new Te},anisotropyMap:{value:null},anisotropyMapTransform:{value:new Ie}}]),vertexShader:ke.meshphysical_vert,fragmentShader:ke.meshphysical_frag};var oa={r:0,b:0,g:0},Eg=new Qe,Fu=new Ie;Fu.set(-1,0,0,0,1,0,0,0,1);function Ag(i,e,t,n,s,r){let o=new Fe(0),a=s===!0?0:1,l,c,h=null,p=0,u=null;function f(_){let E=_.isScene===!0?_.background:null;if(E&&E.isTexture){let M=_.backgroundBlurriness>0;E=e.get(E,M)}return E}function x(_){let E=!1,M=f(_);M===null?m(o,a):M&&M.isColor&&(m(M,1),E=!0);let A=i.xr.getEnvironmentBlendMode();A==="additive"?t.buffers.color.setClear(0,0,0,1,r):A==="alpha-blend"&&t.buffers.color.setClear(0,0,0,0,r),(i.autoClear||E)&&(t.buffers.depth.setTest(!0),t.buffers.depth.setMask(!0),t.buffers.color.setMask(!0),i.clear(i.autoClearColor,i.autoClearDepth,i.autoClearStencil))}function S(_,E){let M=f(E);M&&M.isCubeTexture?(c===void 0&&(c=new bt(new Qn(1,1,1),new sn({name:"BackgroundCubeMaterial",uniforms:bi(En.backgroundCube.uniforms),vertexShader:En.backgroundCube.vertexShader,fragmentShader:En.backgroundCube.fragmentShader,side:Et,depthTest:!1,depthWrite:!1,fog:!1,allowOverride:!1})),c.geometry.deleteAttribute("normal"),c.geometry.deleteAttribute("uv"),c.onBeforeRender=function(A,T,g){this.matrixWorld.copyPosition(g.matrixWorld)},Object.defineProperty(c.material,"envMap",{get:function(){return this.uniforms.envMap.value}}),n.update(c)),c.material.uniforms.envMap.value=M,c.material.uniforms.backgroundBlurriness.value=E.backgroundBlurriness,c.material.uniforms.backgroundIntensity.value=E.backgroundIntensity,c.material.uniforms.backgroundRotation.value.setFromMatrix4(Eg.makeRotationFromEuler(E.backgroundRotation)).transpose(),M.isRenderTargetTexture===!1&&c.material.uniforms.backgroundRotation.value.premultiply(Fu),c.material.toneMapped=We.getTransfer(M.colorSpace)!==Ke,(h!==M||p!==M.version||u!==i.toneMapping)&&(c.material.needsUpdate=!0,h=M,p=M.version,u=i.toneMapping),c.layers.enableAll(),_.unshift(c,c.geometry,c.material,0,0,null)):M&&M.isTexture&&(l===void 0&&(l=new bt(new Os(2,2),new sn({name:"BackgroundMaterial",uniforms:bi(En.background.uniforms),vertexShader:En.background.vertexShader,fragmentShader:En.background.fragmentShader,side:si,depthTest:!1,depthWrite:!1,fog:!1,allowOverride:!1})),l.geometry.deleteAttribute("normal"),Object.defineProperty(l.material,"map",{get:function(){return this.uniforms.t2D.value}}),n.update(l)),l.material.uniforms.t2D.value=M,l.material.uniforms.backgroundIntensity.value=E.backgroundIntensity,l.material.toneMapped=We.getTransfer(M.colorSpace)!==Ke,M.matrixAutoUpdate===!0&&M.updateMatrix(),l.material.uniforms.uvTransform.value.copy(M.matrix),(h!==M||p!==M.version||u!==i.toneMapping)&&(l.material.needsUpdate=!0,h=M,p=M.version,u=i.toneMapping),l.layers.enableAll(),_.unshift(l,l.geometry,l.material,0,0,null))}function m(_,E){_.getRGB(oa,Ql(i)),t.buffers.color.setClear(oa.r,oa.g,oa.b,E,r)}function d(){c!==void 0&&(c.geometry.dispose(),c.material.dispose(),c=void 0),l!==void 0&&(l.geometry.dispose(),l.material.dispose(),l=void 0)}return{getClearColor:function(){return o},setClearColor:function(_,E=1){o.set(_),a=E,m(o,a)},getClearAlpha:function(){return a},setClearAlpha:function(_){a=_,m(o,a)},render:x,addToRenderList:S,dispose:d}}function Rg(i,e){let t=i.getParameter(i.MAX_VERTEX_ATTRIBS),n={},s=u(null),r=s,o=!1;function a(D,k,q,I,W){let J=!1,V=p(D,I,q,k);r!==V&&(r=V,c(r.object)),J=f(D,I,q,W),J&&x(D,I,q,W),W!==null&&e.update(W,i.ELEMENT_ARRAY_BUFFER),(J||o)&&(o=!1,M(D,k,q,I),W!==null&&i.bindBuffer(i.ELEMENT_ARRAY_BUFFER,e.get(W).buffer))}function l(){return i.createVertexArray()}function c(D){return i.bindVertexArray(D)}function h(D){return i.deleteVertexArray(D)}function p(D,k,q,I){let W=I.wireframe===!0,J=n[k.id];J===void 0&&(J={},n[k.id]=J);let V=D.isInstancedMesh===!0?D.id:0,te=J[V];te===void 0&&(te={},J[V]=te);let H=te[q.id];H===void 0&&(H={},te[q.id]=H);let Q=H[W];return Q===void 0&&(Q=u(l()),H[W]=Q),Q}function u(D){let k=[],q=[],I=[];for(let W=0;W<t;W++)k[W]=0,q[W]=0,I[W]=0;return{geometry:null,program:null,wireframe:!1,newAttributes:k,enabledAttributes:q,attributeDivisors:I,object:D,attributes:{},index:null}}function f(D,k,q,I){let W=r.attributes,J=k.attributes,V=0,te=q.getAttributes();for(let H in te)if(te[H].location>=0){let $=W[H],Se=J[H];if(Se===void 0&&(H==="instanceMatrix"&&D.instanceMatrix&&(Se=D.instanceMatrix),H==="instanceColor"&&D.instanceColor&&(Se=D.instanceColor)),$===void 0||$.attribute!==Se||Se&&$.data!==Se.data)return!0;V++}return r.attributesNum!==V||r.index!==I}function x(D,k,q,I){let W={},J=k.attributes,V=0,te=q.getAttributes();for(let H in te)if(te[H].location>=0){let $=J[H];$===void 0&&(H==="instanceMatrix"&&D.instanceMatrix&&($=D.instanceMatrix),H==="instanceColor"&&D.instanceColor&&($=D.instanceColor));let Se={};Se.attribute=$,$&&$.data&&(Se.data=$.data),W[H]=Se,V++}r.attributes=W,r.attributesNum=V,r.index=I}function S(){let D=r.newAttributes;for(let k=0,q=D.length;k<q;k++)D[k]=0}function m(D){d(D,0)}function d(D,k){let q=r.newAttributes,I=r.enabledAttributes,W=r.attributeDivisors;q[D]=1,I[D]===0&&(i.enableVertexAttribArray(D),I[D]=1),W[D]!==k&&(i.vertexAttribDivisor(D,k),W[D]=k)}function _(){let D=r.newAttributes,k=r.enabledAttributes;for(let q=0,I=k.length;q<I;q++)k[q]!==D[q]&&(i.disableVertexAttribArray(q),k[q]=0)}function E(D,k,q,I,W,J,V){V===!0?i.vertexAttribIPointer(D,k,q,W,J):i.vertexAttribPointer(D,k,q,I,W,J)}function M(D,k,q,I){S();let W=I.attributes,J=q.getAttributes(),V=k.defaultAttributeValues;for(let te in J){let H=J[te];if(H.location>=0){let Q=W[te];if(Q===void 0&&(te==="instanceMatrix"&&D.instanceMatrix&&(Q=D.instanceMatrix),te==="instanceColor"&&D.instanceColor&&(Q=D.instanceColor)),Q!==void 0){let $=Q.normalized,Se=Q.itemSize,Ue=e.get(Q);if(Ue===void 0)continue;let Z=Ue.buffer,pe=Ue.type,xe=Ue.bytesPerElement,Ee=pe===i.INT||pe===i.UNSIGNED_INT||Q.gpuType===Mo;if(Q.isInterleavedBufferAttribute){let me=Q.data,Ne=me.isInterleavedBuffer===!0?me.stride:me.itemSize,ct=Q.offset;if(me.isInstancedInterleavedBuffer||me.isInstancedBufferAttribute){for(let Ce=0;Ce<H.locationSize;Ce++)d(H.location+Ce,me.meshPerAttribute);D.isInstancedMesh!==!0&&I._maxInstanceCount===void 0&&(I._maxInstanceCount=me.meshPerAttribute*me.count)}else for(let Ce=0;Ce<H.locationSize;Ce++)m(H.location+Ce);i.bindBuffer(i.ARRAY_BUFFER,Z);for(let Ce=0;Ce<H.locationSize;Ce++)E(H.location+Ce,Se/H.locationSize,pe,$,Ne*xe,(ct+Se/H.locationSize*Ce)*xe,Ee)}else{if(Q.isInstancedBufferAttribute){for(let me=0;me<H.locationSize;me++)d(H.location+me,Q.meshPerAttribute);D.isInstancedMesh!==!0&&I._maxInstanceCount===void 0&&(I._maxInstanceCount=Q.meshPerAttribute*Q.count)}else for(let me=0;me<H.locationSize;me++)m(H.location+me);i.bindBuffer(i.ARRAY_BUFFER,Z);for(let me=0;me<H.locationSize;me++)E(H.location+me,Se/H.locationSize,pe,$,Se*xe,Se/H.locationSize*me*xe,Ee)}}else if(V!==void 0){let $=V[te];if($!==void 0)switch($.length){case 2:i.vertexAttrib2fv(H.location,$);break;case 3:i.vertexAttrib3fv(H.location,$);break;case 4:i.vertexAttrib4fv(H.location,$);break;default:i.vertexAttrib1fv(H.location,$)}}}}_()}function A(){N();for(let D in n){let k=n[D];for(let q in k){let I=k[q];for(let W in I){let J=I[W];for(let V in J)h(J[V].object),delete J[V];delete I[W]}}delete n[D]}}function T(D){if(n[D.id]===void 0)return;let k=n[D.id];for(let q in k){let I=k[q];for(let W in I){let J=I[W];for(let V in J)h(J[V].object),delete J[V];delete I[W]}}delete n[D.id]}function g(D){for(let k in n){let q=n[k];for(let I in q){let W=q[I];if(W[D.id]===void 0)continue;let J=W[D.id];for(let V in J)h(J[V].object),delete J[V];delete W[D.id]}}}function b(D){for(let k in n){let q=n[k],I=D.isInstancedMesh===!0?D.id:0,W=q[I];if(W!==void 0){for(let J in W){let V=W[J];for(let te in V)h(V[te].object),delete V[te];delete W[J]}delete q[I],Object.keys(q).length===0&&delete n[k]}}}function N(){C(),o=!0,r!==s&&(r=s,c(r.object))}function C(){s.geometry=null,s.program=null,s.wireframe=!1}return{setup:a,reset:N,resetDefaultState:C,dispose:A,releaseStatesOfGeometry:T,releaseStatesOfObject:b,releaseStatesOfProgram:g,initAttributes:S,enableAttribute:m,disableUnusedAttributes:_}}function Cg(i,e,t){let n;function s(l){n=l}function r(l,c){i.drawArrays(n,l,c),t.update(c,n,1)}function o(l,c,h){h!==0&&(i.drawArraysInstanced(n,l,c,h),t.update(c,n,h))}function a(l,c,h){if(h===0)return;e.get("WEBGL_multi_draw").multiDrawArraysWEBGL(n,l,0,c,0,h);let u=0;for(let f=0;f<h;f++)u+=c[f];t.update(u,n,1)}this.setMode=s,this.render=r,this.renderInstances=o,this.renderMultiDraw=a}function Pg(i,e,t,n){let s;function r(){if(s!==void 0)return s;if(e.has("EXT_texture_filter_anisotropic")===!0){let g=e.get("EXT_texture_filter_anisotropic");s=i.getParameter(g.MAX_TEXTURE_MAX_ANISOTROPY_EXT)}else s=0;return s}function o(g){return!(g!==pn&&n.convert(g)!==i.getParameter(i.IMPLEMENTATION_COLOR_READ_FORMAT))}function a(g){let b=g===fn&&(e.has("EXT_color_buffer_half_float")||e.has("EXT_color_buffer_float"));return!(g!==Ht&&g!==rn&&!b&&n.convert(g)!==i.getParameter(i.IMPLEMENTATION_COLOR_READ_TYPE))}function l(g){if(g==="highp"){if(i.getShaderPrecisionFormat(i.VERTEX_SHADER,i.HIGH_FLOAT).precision>0&&i.getShaderPrecisionFormat(i.FRAGMENT_SHADER,i.HIGH_FLOAT).precision>0)return"highp";g="mediump"}return g==="mediump"&&i.getShaderPrecisionFormat(i.VERTEX_SHADER,i.MEDIUM_FLOAT).precision>0&&i.getShaderPrecisionFormat(i.FRAGMENT_SHADER,i.MEDIUM_FLOAT).precision>0?"mediump":"lowp"}let c=t.precision!==void 0?t.precision:"highp",h=l(c);h!==c&&(Re("WebGLRenderer:",c,"not supported, using",h,"instead."),c=h);let p=t.reversedDepthBuffer===!0&&e.has("EXT_clip_control"),u=t.logarithmicDepthBuffer===!0&&p===!1;t.reversedDepthBuffer===!0&&p===!1&&Re("WebGLRenderer: Unable to use reversed depth buffer due to missing EXT_clip_control extension. Fallback to default depth buffer."),t.logarithmicDepthBuffer===!0&&p===!0&&Re("WebGLRenderer: Logarithmic depth buffer is ignored when reversed depth buffer is enabled.");let f=i.getParameter(i.MAX_TEXTURE_IMAGE_UNITS),x=i.getParameter(i.MAX_VERTEX_TEXTURE_IMAGE_UNITS),S=i.getParameter(i.MAX_TEXTURE_SIZE),m=i.getParameter(i.MAX_CUBE_MAP_TEXTURE_SIZE),d=i.getParameter(i.MAX_VERTEX_ATTRIBS),_=i.getParameter(i.MAX_VERTEX_UNIFORM_VECTORS),E=i.getParameter(i.MAX_VARYING_VECTORS),M=i.getParameter(i.MAX_FRAGMENT_UNIFORM_VECTORS),A=i.getParameter(i.MAX_SAMPLES),T=i.getParameter(i.SAMPLES);return{isWebGL2:!0,getMaxAnisotropy:r,getMaxPrecision:l,textureFormatReadable:o,textureTypeReadable:a,precision:c,logarithmicDepthBuffer:u,reversedDepthBuffer:p,maxTextures:f,maxVertexTextures:x,maxTextureSize:S,maxCubemapSize:m,maxAttributes:d,maxVertexUniforms:_,maxVaryings:E,maxFragmentUniforms:M,maxSamples:A,samples:T}}function Ig(i){let e=this,t=null,n=0,s=!1,r=!1,o=new Lt,a=new Ie,l={value:null,needsUpdate:!1};this.uniform=l,this.numPlanes=0,this.numIntersection=0,this.init=function(p,u){let f=p.length!==0||u||n!==0||s;return s=u,n=p.length,f},this.beginShadows=function(){r=!0,h(null)},this.endShadows=function(){r=!1},this.setGlobalState=function(p,u){t=h(p,u,0)},this.setState=function(p,u,f){let x=p.clippingPlanes,S=p.clipIntersection,m=p.clipShadows,d=i.get(p);if(!s||x===null||x.length===0||r&&!m)r?h(null):c();else{let _=r?0:n,E=_*4,M=d.clippingState||null;l.value=M,M=h(x,u,E,f);for(let A=0;A!==E;++A)M[A]=t[A];d.clippingState=M,this.numIntersection=S?this.numPlanes:0,this.numPlanes+=_}};function c(){l.value!==t&&(l.value=t,l.needsUpdate=n>0),e.numPlanes=n,e.numIntersection=0}function h(p,u,f,x){let S=p!==null?p.length:0,m=null;if(S!==0){if(m=l.value,x!==!0||m===null){let d=f+S*4,_=u.matrixWorldInverse;a.getNormalMatrix(_),(m===null||m.length<d)&&(m=new Float32Array(d));for(let E=0,M=f;E!==S;++E,M+=4)o.copy(p[E]).applyMatrix4(_,a),o.normal.toArray(m,M),m[M+3]=o.constant}l.value=m,l.needsUpdate=!0}return e.numPlanes=S,e.numIntersection=0,m}}var ir=class extends Kt{constructor(e=1,t={}){super(e,e,t),this.isWebGLCubeRenderTarget=!0;let n={width:e,height:e,depth:1},s=[n,n,n,n,n,n];this.texture=new Ls(s),this._setTextureOptions(t),this.texture.isRenderTargetTexture=!0}fromEquirectangularTexture(e,t){this.texture.type=t.type,this.texture.colorSpace=t.colorSpace,this.texture.generateMipmaps=t.generateMipmaps,this.texture.minFilter=t.minFilter,this.texture.magFilter=t.magFilter;let n={uniforms:{tEquirect:{value:null}},vertexShader:`

				varying vec3 vWorldDirection;

				vec3 transformDirection( in vec3 dir, in mat4 matrix ) {

					return normalize( ( matrix * vec4( dir, 0.0 ) ).xyz );

				}

				void main() {

					vWorldDirection = transformDirection( position, modelMatrix );

					#include <begin_vertex>
					#include <project_vertex>

				}
			`,fragmentShader:`

				uniform sampler2D tEquirect;

				varying vec3 vWorldDirection;

				#include <common>

				void main() {

					vec3 direction = normalize( vWorldDirection );

					vec2 sampleUV = equirectUv( direction );

					gl_FragColor = texture2D( tEquirect, sampleUV );

				}
			`},s=new Qn(5,5,5),r=new sn({name:"CubemapFromEquirect",uniforms:bi(n.uniforms),vertexShader:n.vertexShader,fragmentShader:n.fragmentShader,side:Et,blending:xi});r.uniforms.tEquirect.value=t;let o=new bt(s,r),a=t.minFilter;return t.minFilter===kn&&(t.minFilter=Ot),new Ji(1,10,this).update(e,o),t.minFilter=a,o.geometry.dispose(),o.material.dispose(),this}clear(e,t=!0,n=!0,s=!0){let r=e.getRenderTarget();for(let o=0;o<6;o++)e.setRenderTarget(this,o),e.clear(t,n,s);e.setRenderTarget(r)}},pu=256,Lg=3,Ug=20,Ou=256,Bu=16,Dg=3,Ng=new U,Fg=new Fe,la=class i{constructor(e){this._renderer=e,this._cubeSize=0,this._sourceTarget=null,this._cubeCamera=new Ji(1,10,null),this._boxMesh=new bt(new Qn(5,5,5),null),this._cubemapMaterial=null,this._equirectMaterial=null,this._blurMaterial=null,this._ggxMaterial=null,this._integrationMaterial=null}fromScene(e,t=0,n=.1,s=100,r={}){let{size:o=256,position:a=Ng}=r,l=this._renderer;this._setSize(o);let c=this._allocateTarget(),h=this._getSourceTarget(!0);t>0&&(h.texture.mipmapsAutoUpdate=!1);let p=l.autoClear,u=l.autoClearColor,f=l.autoClearDepth,x=l.autoClearStencil,S=e.background;l.autoClear=!0,l.autoClearColor=!0,l.autoClearDepth=!0,l.autoClearStencil=!0,S===null&&(e.background=l.getClearColor(Fg));let m=new Ji(n,s,h);return m.position.copy(a),m.update(l,e),l.autoClear=p,l.autoClearColor=u,l.autoClearDepth=f,l.autoClearStencil=x,e.background=S,t>0&&(h.texture.mipmapsAutoUpdate=!0,this._blur(c,t)),this._applyPMREM(c),c}fromEquirectangular(e,t=null){return this._fromTexture(e,t)}fromCubemap(e,t=null){return this._fromTexture(e,t)}compileCubemapShader(){this._cubemapMaterial===null&&(this._cubemapMaterial=yu(),this._compileMaterial(this._cubemapMaterial))}compileEquirectangularShader(){this._equirectMaterial===null&&(this._equirectMaterial=gu(),this._compileMaterial(this._equirectMaterial))}dispose(){this._sourceTarget!==null&&this._sourceTarget.dispose(),this._cubemapMaterial!==null&&this._cubemapMaterial.dispose(),this._equirectMaterial!==null&&this._equirectMaterial.dispose(),this._blurMaterial!==null&&this._blurMaterial.dispose(),this._ggxMaterial!==null&&this._ggxMaterial.dispose(),this._integrationMaterial!==null&&this._integrationMaterial.dispose(),this._boxMesh.geometry.dispose()}static lodToRoughness(e,t){return t>0?1-Math.sqrt(1-e/t):0}_setSize(e){this._cubeSize=Math.max(pu,Kl(e))}_fromTexture(e,t){e.mapping===_i||e.mapping===es?this._setSize(e.image.length===0?pu:e.image[0].width||e.image[0].image.width):this._setSize(e.image.width/4);let n=t||this._allocateTarget();return this._textureToCubemap(e),this._applyPMREM(n),n}_allocateTarget(){let e=this._cubeSize,t=mu(e,!1,!1),n=Math.log2(e)-Lg;for(let s=0;s<=n;s++)t.texture.mipmaps.push({width:e>>s,height:e>>s});return t.texture.name="PMREM",t.texture.isPMREMTexture=!0,t}_getSourceTarget(e=!1){let t=this._cubeSize,n=this._sourceTarget;return(n===null||n.width!==t||e&&n.depthBuffer===!1)&&(n!==null&&n.dispose(),this._sourceTarget=mu(t,!0,e)),this._sourceTarget}_compileMaterial(e){this._boxMesh.material=e,this._renderer.compile(this._boxMesh,this._cubeCamera.children[0])}_renderCube(e,t,n){let s=this._boxMesh,r=this._cubeCamera;s.material=n,r.renderTarget=e,r.activeMipmapLevel=t;let o=e.width>>t;e.viewport.set(0,0,o,o),r.update(this._renderer,s),e.viewport.set(0,0,e.width,e.height)}_textureToCubemap(e){let t;e.mapping===_i||e.mapping===es?(this._cubemapMaterial===null&&(this._cubemapMaterial=yu()),t=this._cubemapMaterial,t.uniforms.flipEnvMap.value=e.isRenderTargetTexture===!1?-1:1):(this._equirectMaterial===null&&(this._equirectMaterial=gu()),t=this._equirectMaterial),t.uniforms.envMap.value=e,this._renderCube(this._getSourceTarget(),0,t)}_applyPMREM(e){this._ggxMaterial===null&&(this._ggxMaterial=Og(),this._integrationMaterial=Bg());let t=this._cubeSize,n=e.texture.mipmaps.length-1,s=this._ggxMaterial.uniforms;s.envMap.value=this._sourceTarget.texture;let r=this._integrationMaterial.uniforms;r.envMap.value=this._sourceTarget.texture,r.sourceLod.value=Math.log2(t/Bu);for(let o=0;o<=n;o++){let a=i.lodToRoughness(o,n);if(o>n-Dg)r.roughness.value=a,this._renderCube(e,o,this._integrationMaterial);else{let l=a>0?Math.log2(t)+.5*Math.log2(6/(Ou*Math.pow(a,4)))+.5:0;s.roughness.value=a,s.lodBias.value=l,this._renderCube(e,o,this._ggxMaterial)}}}_blur(e,t){this._blurMaterial===null&&(this._blurMaterial=kg());let n=this._blurMaterial,s=n.uniforms,r=this._sourceTarget;s.sigma.value=Math.min(t,Math.PI)/Math.SQRT2,s.envMap.value=r.texture,this._renderCube(e,0,n),s.envMap.value=e.texture,this._renderCube(r,0,n)}};function mu(i,e,t){return new ir(i,{minFilter:kn,generateMipmaps:e,type:fn,colorSpace:bs,depthBuffer:t})}function sr(i,e,t){return new sn({name:i,uniforms:e,vertexShader:ke.cube_vert,fragmentShader:t,side:Et,blending:xi,depthTest:!1,depthWrite:!1})}function Og(){return sr("PMREMGGXConvolution",{envMap:{value:null},roughness:{value:0},lodBias:{value:0}},`

		#define GGX_SAMPLES ${Ou}u

		varying vec3 vWorldDirection;

		uniform samplerCube envMap;
		uniform float roughness;
		uniform float lodBias;

		#include <common>

		// Van der Corput radical inverse
		float radicalInverse_VdC( uint bits ) {

			bits = ( bits << 16u ) | ( bits >> 16u );
			bits = ( ( bits & 0x55555555u ) << 1u ) | ( ( bits & 0xAAAAAAAAu ) >> 1u );
			bits = ( ( bits & 0x33333333u ) << 2u ) | ( ( bits & 0xCCCCCCCCu ) >> 2u );
			bits = ( ( bits & 0x0F0F0F0Fu ) << 4u ) | ( ( bits & 0xF0F0F0F0u ) >> 4u );
			bits = ( ( bits & 0x00FF00FFu ) << 8u ) | ( ( bits & 0xFF00FF00u ) >> 8u );
			return float( bits ) * 2.3283064365386963e-10; // / 0x100000000

		}

		// Hammersley sequence
		vec2 hammersley( uint i, uint N ) {

			return vec2( float( i ) / float( N ), radicalInverse_VdC( i ) );

		}

		void main() {

			vec3 N = normalize( vWorldDirection );

			// For very low roughness, just sample the environment directly
			if ( roughness < 0.001 ) {

				gl_FragColor = vec4( textureLod( envMap, N, 0.0 ).rgb, 1.0 );
				return;

			}

			float alpha = roughness * roughness;
			float alpha2 = alpha * alpha;

			// Tangent space basis for VNDF sampling
			vec3 up = abs( N.z ) < 0.999 ? vec3( 0.0, 0.0, 1.0 ) : vec3( 1.0, 0.0, 0.0 );
			vec3 tangent = normalize( cross( up, N ) );
			vec3 bitangent = cross( N, tangent );

			vec3 prefilteredColor = vec3( 0.0 );
			float totalWeight = 0.0;

			for ( uint i = 0u; i < GGX_SAMPLES; i ++ ) {

				vec2 Xi = hammersley( i, GGX_SAMPLES );

				// With V = N, sample the reflected direction directly.
				float invQ = 1.0 / ( 1.0 - Xi.x + alpha2 * Xi.x );
				float NdotL = ( 1.0 - Xi.x - alpha2 * Xi.x ) * invQ;

				if ( NdotL > 0.0 ) {

					float phi = 2.0 * PI * Xi.y;
					float sinTheta = 2.0 * alpha * sqrt( Xi.x * ( 1.0 - Xi.x ) ) * invQ;
					vec3 L = N * NdotL + ( tangent * cos( phi ) + bitangent * sin( phi ) ) * sinTheta;

					// Match the source mip to the sample's solid angle. The terms
					// independent of the sample are precomputed in lodBias.
					float d = alpha2 * invQ;
					float lod = max( log2( d ) + lodBias, 0.0 );

					// Weight by NdotL for the split-sum approximation
					prefilteredColor += textureLod( envMap, L, lod ).rgb * NdotL;
					totalWeight += NdotL;

				}

			}

			gl_FragColor = vec4( prefilteredColor / totalWeight, 1.0 );

		}
	`)}function Bg(){return sr("PMREMGGXIntegration",{envMap:{value:null},roughness:{value:0},sourceLod:{value:0},sourceSize:{value:Bu}},`

		varying vec3 vWorldDirection;

		uniform samplerCube envMap;
		uniform float roughness;
		uniform float sourceLod;
		uniform int sourceSize;

		void main() {

			vec3 N = normalize( vWorldDirection );

			float alpha = roughness * roughness;
			float alpha2 = alpha * alpha;

			float texelSize = 2.0 / float( sourceSize );

			vec3 prefilteredColor = vec3( 0.0 );
			float totalWeight = 0.0;

			// Pair opposite texels: only the one in N's hemisphere contributes.
			for ( int face = 0; face < 3; face ++ ) {

				for ( int y = 0; y < sourceSize; y ++ ) {

					for ( int x = 0; x < sourceSize; x ++ ) {

						vec2 uv = ( vec2( x, y ) + 0.5 ) * texelSize - 1.0;
						vec3 texelDirection = face == 0 ? vec3( 1.0, uv ) : ( face == 1 ? vec3( uv.x, 1.0, uv.y ) : vec3( uv, 1.0 ) );

						float invDistance = inversesqrt( 1.0 + dot( uv, uv ) );
						float NdotL = dot( N, texelDirection );
						texelDirection *= NdotL < 0.0 ? - 1.0 : 1.0;
						NdotL = abs( NdotL ) * invDistance;

						// With V = N, NdotH squared is ( 1 + NdotL ) / 2. Common factors
						// in the GGX distribution and texel solid angle cancel when normalized.
						float d = 1.0 + alpha2 + ( alpha2 - 1.0 ) * NdotL;
						float weight = NdotL * invDistance * invDistance * invDistance / ( d * d );

						prefilteredColor += textureLod( envMap, texelDirection, sourceLod ).rgb * weight;
						totalWeight += weight;

					}

				}

			}

			gl_FragColor = vec4( prefilteredColor / totalWeight, 1.0 );

		}
	`)}function kg(){return sr("PMREMSphericalGaussianBlur",{envMap:{value:null},sigma:{value:0}},`

		#define SAMPLES ${Ug}
		#define GOLDEN_ANGLE 2.39996322973

		varying vec3 vWorldDirection;

		uniform samplerCube envMap;
		uniform float sigma;

		#include <common>

		void main() {

			vec3 outputDirection = normalize( vWorldDirection );

			vec3 up = abs( outputDirection.z ) < 0.999 ? vec3( 0.0, 0.0, 1.0 ) : vec3( 1.0, 0.0, 0.0 );
			vec3 tangent = normalize( cross( up, outputDirection ) );
			vec3 bitangent = cross( outputDirection, tangent );

			// Truncate the kernel at three standard deviations or at the antipode.
			float thetaMax = min( 3.0 * sigma, PI );
			float truncation = 1.0 - exp( - 0.5 * thetaMax * thetaMax / ( sigma * sigma ) );

			vec3 accumColor = vec3( 0.0 );
			float accumWeight = 0.0;

			for ( int i = 0; i < SAMPLES; i ++ ) {

				// Stratified inverse-CDF sampling of the Gaussian, placed on a golden-angle spiral.
				float stratum = ( float( i ) + 0.5 ) / float( SAMPLES );
				float theta = sigma * sqrt( - 2.0 * log( 1.0 - stratum * truncation ) );
				float phi = float( i ) * GOLDEN_ANGLE;

				vec3 offset = cos( phi ) * tangent + sin( phi ) * bitangent;
				vec3 sampleDirection = cos( theta ) * outputDirection + sin( theta ) * offset;

				// Correct the planar sample density to solid angle.
				float weight = sin( theta ) / theta;

				accumColor += weight * textureLod( envMap, sampleDirection, 0.0 ).rgb;
				accumWeight += weight;

			}

			gl_FragColor = vec4( accumColor / accumWeight, 1.0 );

		}
	`)}function gu(){return sr("PMREMEquirectangularToCubemap",{envMap:{value:null}},`

		varying vec3 vWorldDirection;

		uniform sampler2D envMap;

		#include <common>

		void main() {

			// Average four subpixel samples to preserve small, bright features.
			vec3 direction = normalize( vWorldDirection );
			vec3 dx = dFdx( direction ) * 0.25;
			vec3 dy = dFdy( direction ) * 0.25;

			vec3 color = textureLod( envMap, equirectUv( normalize( direction - dx - dy ) ), 0.0 ).rgb;
			color += textureLod( envMap, equirectUv( normalize( direction + dx - dy ) ), 0.0 ).rgb;
			color += textureLod( envMap, equirectUv( normalize( direction - dx + dy ) ), 0.0 ).rgb;
			color += textureLod( envMap, equirectUv( normalize( direction + dx + dy ) ), 0.0 ).rgb;
			gl_FragColor = vec4( color * 0.25, 1.0 );

		}
	`)}function yu(){return sr("PMREMCubemapToCubemap",{envMap:{value:null},flipEnvMap:{value:-1}},`

		varying vec3 vWorldDirection;

		uniform samplerCube envMap;
		uniform float flipEnvMap;

		void main() {

			gl_FragColor = vec4( textureCube( envMap, vec3( flipEnvMap * vWorldDirection.x, vWorldDirection.yz ) ).rgb, 1.0 );

		}
	`)}function zg(i){let e=new WeakMap,t=new WeakMap,n=null;function s(u,f=!1){return u==null?null:f?o(u):r(u)}function r(u){if(u&&u.isTexture){let f=u.mapping;if(f===_o||f===So)if(e.has(u)){let x=e.get(u).texture;return a(x,u.mapping)}else{let x=u.image;if(x&&x.height>0){let S=new ir(x.height);return S.fromEquirectangularTexture(i,u),e.set(u,S),u.addEventListener("dispose",c),a(S.texture,u.mapping)}else return null}}return u}function o(u){if(u&&u.isTexture&&u.isPMREMTexture!==!0){let f=u.mapping,x=f===_o||f===So,S=f===_i||f===es;if(x||S){let m=t.get(u),d=m!==void 0?m.texture.pmremVersion:0;if(u.isRenderTargetTexture&&u.pmremVersion!==d)return n===null&&(n=new la(i)),m=x?n.fromEquirectangular(u,m):n.fromCubemap(u,m),m.texture.pmremVersion=u.pmremVersion,t.set(u,m),m.texture;if(m!==void 0)return m.texture;{let _=u.image;return x&&_&&_.height>0||S&&_&&l(_)?(n===null&&(n=new la(i)),m=x?n.fromEquirectangular(u):n.fromCubemap(u),m.texture.pmremVersion=u.pmremVersion,t.set(u,m),u.addEventListener("dispose",h),m.texture):null}}}return u}function a(u,f){return f===_o?u.mapping=_i:f===So&&(u.mapping=es),u}function l(u){let f=0,x=6;for(let S=0;S<x;S++)u[S]!==void 0&&f++;return f===x}function c(u){let f=u.target;f.removeEventListener("dispose",c);let x=e.get(f);x!==void 0&&(e.delete(f),x.dispose())}function h(u){let f=u.target;f.removeEventListener("dispose",h);let x=t.get(f);x!==void 0&&(t.delete(f),x.dispose())}function p(){e=new WeakMap,t=new WeakMap,n!==null&&(n.dispose(),n=null)}return{get:s,dispose:p}}function Vg(i){let e={};function t(n){if(e[n]!==void 0)return e[n];let s=i.getExtension(n);return e[n]=s,s}return{has:function(n){return t(n)!==null},init:function(){t("EXT_color_buffer_float"),t("WEBGL_clip_cull_distance"),t("OES_texture_float_linear"),t("EXT_color_buffer_half_float"),t("WEBGL_multisampled_render_to_texture"),t("WEBGL_render_shared_exponent")},get:function(n){let s=t(n);return s===null&&xs("WebGLRenderer: "+n+" extension not supported."),s}}}function Gg(i,e,t,n){let s={},r=new WeakMap,o=new FinalizationRegistry(x=>delete s[x]);function a(x){l(x.target)}function l(x){x.index!==null&&e.remove(x.index);for(let m in x.attributes)e.remove(x.attributes[m]);x.removeEventListener("dispose",a),delete s[x.id],o.unregister(x);let S=r.get(x);S&&(e.remove(S),r.delete(x)),n.releaseStatesOfGeometry(x),x.isInstancedBufferGeometry===!0&&delete x._maxInstanceCount,t.memory.geometries--}function c(x,S){return s[S.id]!==void 0||(S.addEventListener("dispose",a),s[S.id]=new WeakRef(S),o.register(S,S.id,S),t.memory.geometries++),S}function h(x){let S=x.attributes;for(let m in S)e.update(S[m],i.ARRAY_BUFFER)}function p(x){let S=x.index,m=x.attributes.position,d=0;if(m===void 0)return;let _=S!==null?S.array.length:m.array.length/3-1,E=m.count>=65535?Rs:As,M=new E(Math.ceil(_/3)*6,1),A=M.array;if(S!==null){let g=S.array;d=S.version;for(let b=0,N=0;b<_;b+=3){let C=g[b+0],D=g[b+1],k=g[b+2];A[N++]=C,A[N++]=D,A[N++]=D,A[N++]=k,A[N++]=k,A[N++]=C}}else{d=m.version;for(let g=0,b=0;g<_;g+=3){let N=g+0,C=g+1,D=g+2;A[b++]=N,A[b++]=C,A[b++]=C,A[b++]=D,A[b++]=D,A[b++]=N}}M.version=d;let T=r.get(x);T&&e.remove(T),r.set(x,M)}function u(x){let S=r.get(x);if(S){let m=x.index;m!==null&&S.version<m.version&&p(x)}else p(x);return r.get(x)}function f(){for(let x in s){let S=s[x].deref();S!==void 0&&l(S)}}return{get:c,update:h,getWireframeAttribute:u,dispose:f}}function Hg(i,e,t){let n;function s(p){n=p}let r,o;function a(p){r=p.type,o=p.bytesPerElement}function l(p,u){i.drawElements(n,u,r,p*o),t.update(u,n,1)}function c(p,u,f){f!==0&&(i.drawElementsInstanced(n,u,r,p*o,f),t.update(u,n,f))}function h(p,u,f){if(f===0)return;e.get("WEBGL_multi_draw").multiDrawElementsWEBGL(n,u,0,r,p,0,f);let S=0;for(let m=0;m<f;m++)S+=u[m];t.update(S,n,1)}this.setMode=s,this.setIndex=a,this.render=l,this.renderInstances=c,this.renderMultiDraw=h}function Wg(i){let e={geometries:0,textures:0},t={frame:0,calls:0,triangles:0,points:0,lines:0};function n(r,o,a){switch(t.calls++,o){case i.TRIANGLES:t.triangles+=a*(r/3);break;case i.LINES:t.lines+=a*(r/2);break;case i.LINE_STRIP:t.lines+=a*(r-1);break;case i.LINE_LOOP:t.lines+=a*r;break;case i.POINTS:t.points+=a*r;break;default:Pe("WebGLInfo: Unknown draw mode:",o);break}}function s(){t.calls=0,t.triangles=0,t.points=0,t.lines=0}return{memory:e,render:t,programs:null,autoReset:!0,reset:s,update:n}}function Xg(i,e,t){let n=new WeakMap,s=new ot;function r(o,a,l){let c=o.morphTargetInfluences,h=a.morphAttributes.position||a.morphAttributes.normal||a.morphAttributes.color,p=h!==void 0?h.length:0,u=n.get(a);if(u===void 0||u.count!==p){let N=function(){g.dispose(),n.delete(a),a.removeEventListener("dispose",N)};u!==void 0&&u.texture.dispose();let f=a.morphAttributes.position!==void 0,x=a.morphAttributes.normal!==void 0,S=a.morphAttributes.color!==void 0,m=a.morphAttributes.position||[],d=a.morphAttributes.normal||[],_=a.morphAttributes.color||[],E=0;f===!0&&(E=1),x===!0&&(E=2),S===!0&&(E=3);let M=a.attributes.position.count*E,A=1;M>e.maxTextureSize&&(A=Math.ceil(M/e.maxTextureSize),M=e.maxTextureSize);let T=new Float32Array(M*A*4*p),g=new Ts(T,M,A,p);g.type=rn,g.needsUpdate=!0;let b=E*4;for(let C=0;C<p;C++){let D=m[C],k=d[C],q=_[C],I=M*A*4*C;for(let W=0;W<D.count;W++){let J=W*b;f===!0&&(s.fromBufferAttribute(D,W),T[I+J+0]=s.x,T[I+J+1]=s.y,T[I+J+2]=s.z,T[I+J+3]=0),x===!0&&(s.fromBufferAttribute(k,W),T[I+J+4]=s.x,T[I+J+5]=s.y,T[I+J+6]=s.z,T[I+J+7]=0),S===!0&&(s.fromBufferAttribute(q,W),T[I+J+8]=s.x,T[I+J+9]=s.y,T[I+J+10]=s.z,T[I+J+11]=q.itemSize===4?s.w:1)}}u={count:p,texture:g,size:new Te(M,A)},n.set(a,u),a.addEventListener("dispose",N)}if(o.isInstancedMesh===!0&&o.morphTexture!==null)l.getUniforms().setValue(i,"morphTexture",o.morphTexture,t);else{let f=0;for(let S=0;S<c.length;S++)f+=c[S];let x=a.morphTargetsRelative?1:1-f;l.getUniforms().setValue(i,"morphTargetBaseInfluence",x),l.getUniforms().setValue(i,"morphTargetInfluences",c)}l.getUniforms().setValue(i,"morphTargetsTexture",u.texture,t),l.getUniforms().setValue(i,"morphTargetsTextureSize",u.size)}return{update:r}}function qg(i,e,t,n,s){let r=new WeakMap;function o(c){let h=s.render.frame,p=c.geometry,u=e.get(c,p);if(r.get(u)!==h&&(e.update(u),r.set(u,h)),c.isInstancedMesh&&(c.hasEventListener("dispose",l)===!1&&c.addEventListener("dispose",l),r.get(c)!==h&&(t.update(c.instanceMatrix,i.ARRAY_BUFFER),c.instanceColor!==null&&t.update(c.instanceColor,i.ARRAY_BUFFER),r.set(c,h))),c.isSkinnedMesh){let f=c.skeleton;r.get(f)!==h&&(f.update(),r.set(f,h))}return u}function a(){r=new WeakMap}function l(c){let h=c.target;h.removeEventListener("dispose",l),n.releaseStatesOfObject(h),t.remove(h.instanceMatrix),h.instanceColor!==null&&t.remove(h.instanceColor)}return{update:o,dispose:a}}var Yg={[Cl]:"LINEAR_TONE_MAPPING",[Pl]:"REINHARD_TONE_MAPPING",[Il]:"CINEON_TONE_MAPPING",[Ll]:"ACES_FILMIC_TONE_MAPPING",[Dl]:"AGX_TONE_MAPPING",[qs]:"NEUTRAL_TONE_MAPPING",[Ul]:"CUSTOM_TONE_MAPPING"};function Zg(i,e,t,n,s,r){let o=new Kt(e,t,{type:i,depthBuffer:s,stencilBuffer:r,samples:n?4:0,storeMultisampledDepthBuffer:!1,storeMultisampledStencilBuffer:!1,resolveDepthBuffer:!1,resolveStencilBuffer:!1}),a=null,l=null,c=null,h=new Bt;h.setAttribute("position",new rt([-1,3,0,-1,-1,0,3,-1,0],3)),h.setAttribute("uv",new rt([0,2,0,0,2,0],2));let p=new io({uniforms:{tDiffuse:{value:null}},vertexShader:`
			precision highp float;

			uniform mat4 modelViewMatrix;
			uniform mat4 projectionMatrix;

			attribute vec3 position;
			attribute vec2 uv;

			varying vec2 vUv;

			void main() {
				vUv = uv;
				gl_Position = projectionMatrix * modelViewMatrix * vec4( position, 1.0 );
			}`,fragmentShader:`
			precision highp float;

			uniform sampler2D tDiffuse;

			varying vec2 vUv;

			#include <tonemapping_pars_fragment>
			#include <colorspace_pars_fragment>

			void main() {
				gl_FragColor = texture2D( tDiffuse, vUv );

				#ifdef LINEAR_TONE_MAPPING
					gl_FragColor.rgb = LinearToneMapping( gl_FragColor.rgb );
				#elif defined( REINHARD_TONE_MAPPING )
					gl_FragColor.rgb = ReinhardToneMapping( gl_FragColor.rgb );
				#elif defined( CINEON_TONE_MAPPING )
					gl_FragColor.rgb = CineonToneMapping( gl_FragColor.rgb );
				#elif defined( ACES_FILMIC_TONE_MAPPING )
					gl_FragColor.rgb = ACESFilmicToneMapping( gl_FragColor.rgb );
				#elif defined( AGX_TONE_MAPPING )
					gl_FragColor.rgb = AgXToneMapping( gl_FragColor.rgb );
				#elif defined( NEUTRAL_TONE_MAPPING )
					gl_FragColor.rgb = NeutralToneMapping( gl_FragColor.rgb );
				#elif defined( CUSTOM_TONE_MAPPING )
					gl_FragColor.rgb = CustomToneMapping( gl_FragColor.rgb );
				#endif

				#ifdef SRGB_TRANSFER
					gl_FragColor = sRGBTransferOETF( gl_FragColor );
				#endif
			}`,depthTest:!1,depthWrite:!1}),u=new bt(h,p),f=new Ws(-1,1,1,-1,0,1),x=null,S=null,m=!1,d,_=null,E=[],M=!1;this.setSize=function(A,T){o.setSize(A,T),a!==null&&a.setSize(A,T),l!==null&&l.setSize(A,T);for(let g=0;g<E.length;g++){let b=E[g];b.setSize&&b.setSize(A,T)}},this.setEffects=function(A){E=A,M=E.length>0&&E[0].isRenderPass===!0;let T=o.width,g=o.height;E.length>0&&a===null&&(a=new Kt(T,g,{type:fn,depthBuffer:!1,stencilBuffer:!1}),l=new Kt(T,g,{type:fn,depthBuffer:!1,stencilBuffer:!1}));let b=s===!0&&E.some(N=>N.needsDepthTexture===!0);b!==(o.depthTexture!==null)&&(b===!0&&c===null&&(c=new Bn(T,g),r===!0&&(c.format=zn,c.type=Si)),o.dispose(),o.depthTexture=b?c:null,o.resolveDepthBuffer=b,o.storeMultisampledDepthBuffer=b);for(let N=0;N<E.length;N++){let C=E[N];C.setSize&&C.setSize(T,g),b&&C.needsDepthTexture===!0&&C.setDepthTexture&&C.setDepthTexture(c)}},this.begin=function(A,T){if(m||A.toneMapping===wn&&E.length===0)return!1;if(_=T,T!==null){let g=T.width,b=T.height;(o.width!==g||o.height!==b)&&this.setSize(g,b)}return M===!1&&A.setRenderTarget(o),d=A.toneMapping,A.toneMapping=wn,!0},this.hasRenderPass=function(){return M},this.end=function(A,T){A.toneMapping=d,m=!0;let g=o,b=a;for(let N=0;N<E.length;N++){let C=E[N];C.enabled!==!1&&(C.render(A,b,g,T),C.needsSwap!==!1&&(g=b,b=b===a?l:a))}if(x!==A.outputColorSpace||S!==A.toneMapping){x=A.outputColorSpace,S=A.toneMapping,p.defines={},We.getTransfer(x)===Ke&&(p.defines.SRGB_TRANSFER="");let N=Yg[S];N&&(p.defines[N]=""),p.needsUpdate=!0}p.uniforms.tDiffuse.value=g.texture,A.setRenderTarget(_),A.render(u,f),_=null,m=!1},this.isCompositing=function(){return m},this.dispose=function(){o.dispose(),a!==null&&a.dispose(),l!==null&&l.dispose(),h.dispose(),p.dispose()}}var ku=new Gt,zu=new Bn(1,1),Vu=new Us(1),Gu=new Ts,Hu=new eo,Wu=new Ls,xu=[],vu=[],_u=new Float32Array(16),Su=new Float32Array(9),bu=new Float32Array(4);function ss(i,e,t){let n=i[0];if(n<=0||n>0)return i;let s=e*t,r=xu[s];if(r===void 0&&(r=new Float32Array(s),xu[s]=r),e!==0){n.toArray(r,0);for(let o=1,a=0;o!==e;++o)a+=t,i[o].toArray(r,a)}return r}function pt(i,e){if(i.length!==e.length)return!1;for(let t=0,n=i.length;t<n;t++)if(i[t]!==e[t])return!1;return!0}function mt(i,e){for(let t=0,n=e.length;t<n;t++)i[t]=e[t]}function ha(i,e){let t=vu[e];t===void 0&&(t=new Int32Array(e),vu[e]=t);for(let n=0;n!==e;++n)t[n]=i.allocateTextureUnit();return t}function Kg(i,e){let t=this.cache;t[0]!==e&&(i.uniform1f(this.addr,e),t[0]=e)}function Jg(i,e){let t=this.cache;if(e.x!==void 0)(t[0]!==e.x||t[1]!==e.y)&&(i.uniform2f(this.addr,e.x,e.y),t[0]=e.x,t[1]=e.y);else{if(pt(t,e))return;i.uniform2fv(this.addr,e),mt(t,e)}}function jg(i,e){let t=this.cache;if(e.x!==void 0)(t[0]!==e.x||t[1]!==e.y||t[2]!==e.z)&&(i.uniform3f(this.addr,e.x,e.y,e.z),t[0]=e.x,t[1]=e.y,t[2]=e.z);else if(e.r!==void 0)(t[0]!==e.r||t[1]!==e.g||t[2]!==e.b)&&(i.uniform3f(this.addr,e.r,e.g,e.b),t[0]=e.r,t[1]=e.g,t[2]=e.b);else{if(pt(t,e))return;i.uniform3fv(this.addr,e),mt(t,e)}}function Qg(i,e){let t=this.cache;if(e.x!==void 0)(t[0]!==e.x||t[1]!==e.y||t[2]!==e.z||t[3]!==e.w)&&(i.uniform4f(this.addr,e.x,e.y,e.z,e.w),t[0]=e.x,t[1]=e.y,t[2]=e.z,t[3]=e.w);else{if(pt(t,e))return;i.uniform4fv(this.addr,e),mt(t,e)}}function $g(i,e){let t=this.cache,n=e.elements;if(n===void 0){if(pt(t,e))return;i.uniformMatrix2fv(this.addr,!1,e),mt(t,e)}else{if(pt(t,n))return;bu.set(n),i.uniformMatrix2fv(this.addr,!1,bu),mt(t,n)}}function e0(i,e){let t=this.cache,n=e.elements;if(n===void 0){if(pt(t,e))return;i.uniformMatrix3fv(this.addr,!1,e),mt(t,e)}else{if(pt(t,n))return;Su.set(n),i.uniformMatrix3fv(this.addr,!1,Su),mt(t,n)}}function t0(i,e){let t=this.cache,n=e.elements;if(n===void 0){if(pt(t,e))return;i.uniformMatrix4fv(this.addr,!1,e),mt(t,e)}else{if(pt(t,n))return;_u.set(n),i.uniformMatrix4fv(this.addr,!1,_u),mt(t,n)}}function n0(i,e){let t=this.cache;t[0]!==e&&(i.uniform1i(this.addr,e),t[0]=e)}function i0(i,e){let t=this.cache;if(e.x!==void 0)(t[0]!==e.x||t[1]!==e.y)&&(i.uniform2i(this.addr,e.x,e.y),t[0]=e.x,t[1]=e.y);else{if(pt(t,e))return;i.uniform2iv(this.addr,e),mt(t,e)}}function s0(i,e){let t=this.cache;if(e.x!==void 0)(t[0]!==e.x||t[1]!==e.y||t[2]!==e.z)&&(i.uniform3i(this.addr,e.x,e.y,e.z),t[0]=e.x,t[1]=e.y,t[2]=e.z);else{if(pt(t,e))return;i.uniform3iv(this.addr,e),mt(t,e)}}function r0(i,e){let t=this.cache;if(e.x!==void 0)(t[0]!==e.x||t[1]!==e.y||t[2]!==e.z||t[3]!==e.w)&&(i.uniform4i(this.addr,e.x,e.y,e.z,e.w),t[0]=e.x,t[1]=e.y,t[2]=e.z,t[3]=e.w);else{if(pt(t,e))return;i.uniform4iv(this.addr,e),mt(t,e)}}function o0(i,e){let t=this.cache;t[0]!==e&&(i.uniform1ui(this.addr,e),t[0]=e)}function a0(i,e){let t=this.cache;if(e.x!==void 0)(t[0]!==e.x||t[1]!==e.y)&&(i.uniform2ui(this.addr,e.x,e.y),t[0]=e.x,t[1]=e.y);else{if(pt(t,e))return;i.uniform2uiv(this.addr,e),mt(t,e)}}function l0(i,e){let t=this.cache;if(e.x!==void 0)(t[0]!==e.x||t[1]!==e.y||t[2]!==e.z)&&(i.uniform3ui(this.addr,e.x,e.y,e.z),t[0]=e.x,t[1]=e.y,t[2]=e.z);else{if(pt(t,e))return;i.uniform3uiv(this.addr,e),mt(t,e)}}function c0(i,e){let t=this.cache;if(e.x!==void 0)(t[0]!==e.x||t[1]!==e.y||t[2]!==e.z||t[3]!==e.w)&&(i.uniform4ui(this.addr,e.x,e.y,e.z,e.w),t[0]=e.x,t[1]=e.y,t[2]=e.z,t[3]=e.w);else{if(pt(t,e))return;i.uniform4uiv(this.addr,e),mt(t,e)}}function ua(i){return i.version===0&&(i.compareFunction=Wl,i.needsUpdate=!0),i}function h0(i,e,t){let n=this.cache,s=t.allocateTextureUnit();n[0]!==s&&(i.uniform1i(this.addr,s),n[0]=s);let r;this.type===i.SAMPLER_2D_SHADOW?r=ua(zu):r=ku,t.setTexture2D(e||r,s)}function u0(i,e,t){let n=this.cache,s=t.allocateTextureUnit();n[0]!==s&&(i.uniform1i(this.addr,s),n[0]=s),t.setTexture3D(e||Hu,s)}function d0(i,e,t){let n=this.cache,s=t.allocateTextureUnit();n[0]!==s&&(i.uniform1i(this.addr,s),n[0]=s);let r;this.type===i.SAMPLER_CUBE_SHADOW?r=ua(Vu):r=Wu,t.setTextureCube(e||r,s)}function f0(i,e,t){let n=this.cache,s=t.allocateTextureUnit();n[0]!==s&&(i.uniform1i(this.addr,s),n[0]=s),t.setTexture2DArray(e||Gu,s)}function p0(i){switch(i){case 5126:return Kg;case 35664:return Jg;case 35665:return jg;case 35666:return Qg;case 35674:return $g;case 35675:return e0;case 35676:return t0;case 5124:case 35670:return n0;case 35667:case 35671:return i0;case 35668:case 35672:return s0;case 35669:case 35673:return r0;case 5125:return o0;case 36294:return a0;case 36295:return l0;case 36296:return c0;case 35678:case 36198:case 36298:case 36306:case 35682:return h0;case 35679:case 36299:case 36307:return u0;case 35680:case 36300:case 36308:case 36293:return d0;case 36289:case 36303:case 36311:case 36292:return f0}}function m0(i,e){i.uniform1fv(this.addr,e)}function g0(i,e){let t=ss(e,this.size,2);i.uniform2fv(this.addr,t)}function y0(i,e){let t=ss(e,this.size,3);i.uniform3fv(this.addr,t)}function x0(i,e){let t=ss(e,this.size,4);i.uniform4fv(this.addr,t)}function v0(i,e){let t=ss(e,this.size,4);i.uniformMatrix2fv(this.addr,!1,t)}function _0(i,e){let t=ss(e,this.size,9);i.uniformMatrix3fv(this.addr,!1,t)}function S0(i,e){let t=ss(e,this.size,16);i.uniformMatrix4fv(this.addr,!1,t)}function b0(i,e){i.uniform1iv(this.addr,e)}function M0(i,e){i.uniform2iv(this.addr,e)}function w0(i,e){i.uniform3iv(this.addr,e)}function T0(i,e){i.uniform4iv(this.addr,e)}function E0(i,e){i.uniform1uiv(this.addr,e)}function A0(i,e){i.uniform2uiv(this.addr,e)}function R0(i,e){i.uniform3uiv(this.addr,e)}function C0(i,e){i.uniform4uiv(this.addr,e)}function P0(i,e,t){let n=this.cache,s=e.length,r=ha(t,s);pt(n,r)||(i.uniform1iv(this.addr,r),mt(n,r));let o;this.type===i.SAMPLER_2D_SHADOW?o=ua(zu):o=ku;for(let a=0;a!==s;++a)t.setTexture2D(e[a]||o,r[a])}function I0(i,e,t){let n=this.cache,s=e.length,r=ha(t,s);pt(n,r)||(i.uniform1iv(this.addr,r),mt(n,r));for(let o=0;o!==s;++o)t.setTexture3D(e[o]||Hu,r[o])}function L0(i,e,t){let n=this.cache,s=e.length,r=ha(t,s);pt(n,r)||(i.uniform1iv(this.addr,r),mt(n,r));let o;this.type===i.SAMPLER_CUBE_SHADOW?o=ua(Vu):o=Wu;for(let a=0;a!==s;++a)t.setTextureCube(e[a]||o,r[a])}function U0(i,e,t){let n=this.cache,s=e.length,r=ha(t,s);pt(n,r)||(i.uniform1iv(this.addr,r),mt(n,r));for(let o=0;o!==s;++o)t.setTexture2DArray(e[o]||Gu,r[o])}function D0(i){switch(i){case 5126:return m0;case 35664:return g0;case 35665:return y0;case 35666:return x0;case 35674:return v0;case 35675:return _0;case 35676:return S0;case 5124:case 35670:return b0;case 35667:case 35671:return M0;case 35668:case 35672:return w0;case 35669:case 35673:return T0;case 5125:return E0;case 36294:return A0;case 36295:return R0;case 36296:return C0;case 35678:case 36198:case 36298:case 36306:case 35682:return P0;case 35679:case 36299:case 36307:return I0;case 35680:case 36300:case 36308:case 36293:return L0;case 36289:case 36303:case 36311:case 36292:return U0}}var sc=class{constructor(e,t,n){this.id=e,this.addr=n,this.cache=[],this.type=t.type,this.setValue=p0(t.type)}},rc=class{constructor(e,t,n){this.id=e,this.addr=n,this.cache=[],this.type=t.type,this.size=t.size,this.setValue=D0(t.type)}},oc=class{constructor(e){this.id=e,this.seq=[],this.map={}}setValue(e,t,n){let s=this.seq;for(let r=0,o=s.length;r!==o;++r){let a=s[r];a.setValue(e,t[a.id],n)}}},nc=/(\w+)(\])?(\[|\.)?/g;function Mu(i,e){i.seq.push(e),i.map[e.id]=e}function N0(i,e,t){let n=i.name,s=n.length;for(nc.lastIndex=0;;){let r=nc.exec(n),o=nc.lastIndex,a=r[1],l=r[2]==="]",c=r[3];if(l&&(a=a|0),c===void 0||c==="["&&o+2===s){Mu(t,c===void 0?new sc(a,i,e):new rc(a,i,e));break}else{let p=t.map[a];p===void 0&&(p=new oc(a),Mu(t,p)),t=p}}}var is=class{constructor(e,t){this.seq=[],this.map={};let n=e.getProgramParameter(t,e.ACTIVE_UNIFORMS);for(let o=0;o<n;++o){let a=e.getActiveUniform(t,o),l=e.getUniformLocation(t,a.name);N0(a,l,this)}let s=[],r=[];for(let o of this.seq)o.type===e.SAMPLER_2D_SHADOW||o.type===e.SAMPLER_CUBE_SHADOW||o.type===e.SAMPLER_2D_ARRAY_SHADOW?s.push(o):r.push(o);s.length>0&&(this.seq=s.concat(r))}setValue(e,t,n,s){let r=this.map[t];r!==void 0&&r.setValue(e,n,s)}setOptional(e,t,n){let s=t[n];s!==void 0&&this.setValue(e,n,s)}static upload(e,t,n,s){for(let r=0,o=t.length;r!==o;++r){let a=t[r],l=n[a.id];l.needsUpdate!==!1&&a.setValue(e,l.value,s)}}static seqWithValue(e,t){let n=[];for(let s=0,r=e.length;s!==r;++s){let o=e[s];o.id in t&&n.push(o)}return n}};function wu(i,e,t){let n=i.createShader(e);return i.shaderSource(n,t),i.compileShader(n),n}var F0=37297,O0=0;function B0(i,e){let t=i.split(`
`),n=[],s=Math.max(e-6,0),r=Math.min(e+6,t.length);for(let o=s;o<r;o++){let a=o+1;n.push(`${a===e?">":" "} ${a}: ${t[o]}`)}return n.join(`
`)}var Tu=new Ie;function k0(i){We._getMatrix(Tu,We.workingColorSpace,i);let e=`mat3( ${Tu.elements.map(t=>t.toFixed(4))} )`;switch(We.getTransfer(i)){case Ms:return[e,"LinearTransferOETF"];case Ke:return[e,"sRGBTransferOETF"];default:return Re("WebGLProgram: Unsupported color space: ",i),[e,"LinearTransferOETF"]}}function Eu(i,e,t){let n=i.getShaderParameter(e,i.COMPILE_STATUS),r=(i.getShaderInfoLog(e)||"").trim();if(n&&r==="")return"";let o=/ERROR: 0:(\d+)/.exec(r);if(o){let a=parseInt(o[1]);return t.toUpperCase()+`

`+r+`

`+B0(i.getShaderSource(e),a)}else return r}function z0(i,e){let t=k0(e);return[`vec4 ${i}( vec4 value ) {`,`	return ${t[1]}( vec4( ${t[0]} * value.rgb, value.a ) );`,"}"].join(`
`)}var V0={[Cl]:"Linear",[Pl]:"Reinhard",[Il]:"Cineon",[Ll]:"ACESFilmic",[Dl]:"AgX",[qs]:"Neutral",[Ul]:"Custom"};function G0(i,e){let t=V0[e];return t===void 0?(Re("WebGLProgram: Unsupported toneMapping:",e),"vec3 "+i+"( vec3 color ) { return LinearToneMapping( color ); }"):"vec3 "+i+"( vec3 color ) { return "+t+"ToneMapping( color ); }"}var aa=new U;function H0(){We.getLuminanceCoefficients(aa);let i=aa.x.toFixed(4),e=aa.y.toFixed(4),t=aa.z.toFixed(4);return["float luminance( const in vec3 rgb ) {",`	const vec3 weights = vec3( ${i}, ${e}, ${t} );`,"	return dot( weights, rgb );","}"].join(`
`)}function W0(i){return[i.extensionClipCullDistance?"#extension GL_ANGLE_clip_cull_distance : require":"",i.extensionMultiDraw?"#extension GL_ANGLE_multi_draw : require":""].filter(nr).join(`
`)}function X0(i){let e=[];for(let t in i){let n=i[t];n!==!1&&e.push("#define "+t+" "+n)}return e.join(`
`)}function q0(i,e){let t={},n=i.getProgramParameter(e,i.ACTIVE_ATTRIBUTES);for(let s=0;s<n;s++){let r=i.getActiveAttrib(e,s),o=r.name,a=1;r.type===i.FLOAT_MAT2&&(a=2),r.type===i.FLOAT_MAT3&&(a=3),r.type===i.FLOAT_MAT4&&(a=4),t[o]={type:r.type,location:i.getAttribLocation(e,o),locationSize:a}}return t}function nr(i){return i!==""}function Au(i,e){let t=e.numSpotLightShadows+e.numSpotLightMaps-e.numSpotLightShadowsWithMaps;return i.replace(/NUM_SUN_LIGHTS/g,e.numSunLights).replace(/NUM_DIR_LIGHTS/g,e.numDirLights).replace(/NUM_SPOT_LIGHTS/g,e.numSpotLights).replace(/NUM_SPOT_LIGHT_MAPS/g,e.numSpotLightMaps).replace(/NUM_SPOT_LIGHT_COORDS/g,t).replace(/NUM_RECT_AREA_LIGHTS/g,e.numRectAreaLights).replace(/NUM_POINT_LIGHTS/g,e.numPointLights).replace(/NUM_HEMI_LIGHTS/g,e.numHemiLights).replace(/NUM_SUN_LIGHT_SHADOWS/g,e.numSunLightShadows).replace(/NUM_DIR_LIGHT_SHADOWS/g,e.numDirLightShadows).replace(/NUM_SPOT_LIGHT_SHADOWS_WITH_MAPS/g,e.numSpotLightShadowsWithMaps).replace(/NUM_SPOT_LIGHT_SHADOWS/g,e.numSpotLightShadows).replace(/NUM_POINT_LIGHT_SHADOWS/g,e.numPointLightShadows).replace(/NUM_LIGHT_PROBE_GRIDS/g,e.numLightProbeGrids)}function Ru(i,e){return i.replace(/NUM_CLIPPING_PLANES/g,e.numClippingPlanes).replace(/UNION_CLIPPING_PLANES/g,e.numClippingPlanes-e.numClipIntersection)}var Y0=/^[ \t]*#include +<([\w\d./]+)>/gm;function ac(i){return i.replace(Y0,Z0)}function Z0(i,e){let t=ke[e];if(t===void 0)throw new Error("THREE.WebGLProgram: Can not resolve #include <"+e+">");return ac(t)}var K0=/#pragma unroll_loop_start\s+for\s*\(\s*int\s+i\s*=\s*(\d+)\s*;\s*i\s*<\s*(\d+)\s*;\s*i\s*\+\+\s*\)\s*{([\s\S]+?)}\s+#pragma unroll_loop_end/g;function Cu(i){return i.replace(K0,J0)}function J0(i,e,t,n){let s="";for(let r=parseInt(e);r<parseInt(t);r++)s+=n.replace(/\[\s*i\s*\]/g,"[ "+r+" ]").replace(/UNROLLED_LOOP_INDEX/g,r);return s}function Pu(i){let e=`precision ${i.precision} float;
	precision ${i.precision} int;
	precision ${i.precision} sampler2D;
	precision ${i.precision} samplerCube;
	precision ${i.precision} sampler3D;
	precision ${i.precision} sampler2DArray;
	precision ${i.precision} sampler2DShadow;
	precision ${i.precision} samplerCubeShadow;
	precision ${i.precision} sampler2DArrayShadow;
	precision ${i.precision} isampler2D;
	precision ${i.precision} isampler3D;
	precision ${i.precision} isamplerCube;
	precision ${i.precision} isampler2DArray;
	precision ${i.precision} usampler2D;
	precision ${i.precision} usampler3D;
	precision ${i.precision} usamplerCube;
	precision ${i.precision} usampler2DArray;
	`;return i.precision==="highp"?e+=`
#define HIGH_PRECISION`:i.precision==="mediump"?e+=`
#define MEDIUM_PRECISION`:i.precision==="lowp"&&(e+=`
#define LOW_PRECISION`),e}var j0={[yi]:"SHADOWMAP_TYPE_PCF",[Qi]:"SHADOWMAP_TYPE_VSM"};function Q0(i){return j0[i.shadowMapType]||"SHADOWMAP_TYPE_BASIC"}var $0={[es]:"ENVMAP_MODE_REFRACTION"};function ey(i){return i.envMap===!1?"ENVMAP_MODE_REFLECTION":$0[i.envMapMode]||"ENVMAP_MODE_REFLECTION"}var ty={[vo]:"ENVMAP_BLENDING_MULTIPLY",[qh]:"ENVMAP_BLENDING_MIX",[Yh]:"ENVMAP_BLENDING_ADD"};function ny(i){return i.envMap===!1?"ENVMAP_BLENDING_NONE":ty[i.combine]||"ENVMAP_BLENDING_NONE"}function iy(i,e,t,n){let s=i.getContext(),r=t.defines,o=t.vertexShader,a=t.fragmentShader,l=Q0(t),c=t.envMapPMREM===!0?"ENVMAP_TYPE_PMREM":"ENVMAP_TYPE_CUBE",h=ey(t),p=ny(t),u=W0(t),f=X0(r),x=s.createProgram(),S,m,d=t.glslVersion?"#version "+t.glslVersion+`
`:"";t.isRawShaderMaterial?(S=["#define SHADER_TYPE "+t.shaderType,"#define SHADER_NAME "+t.shaderName,f].filter(nr).join(`
`),S.length>0&&(S+=`
`),m=["#define SHADER_TYPE "+t.shaderType,"#define SHADER_NAME "+t.shaderName,f].filter(nr).join(`
`),m.length>0&&(m+=`
`)):(S=[Pu(t),"#define SHADER_TYPE "+t.shaderType,"#define SHADER_NAME "+t.shaderName,f,t.extensionClipCullDistance?"#define USE_CLIP_DISTANCE":"",t.batching?"#define USE_BATCHING":"",t.batchingColor?"#define USE_BATCHING_COLOR":"",t.instancing?"#define USE_INSTANCING":"",t.instancingColor?"#define USE_INSTANCING_COLOR":"",t.instancingMorph?"#define USE_INSTANCING_MORPH":"",t.useFog&&t.fog?"#define USE_FOG":"",t.useFog&&t.fogExp2?"#define FOG_EXP2":"",t.map?"#define USE_MAP":"",t.envMap?"#define USE_ENVMAP":"",t.envMap?"#define "+h:"",t.lightMap?"#define USE_LIGHTMAP":"",t.aoMap?"#define USE_AOMAP":"",t.bumpMap?"#define USE_BUMPMAP":"",t.normalMap?"#define USE_NORMALMAP":"",t.normalMapObjectSpace?"#define USE_NORMALMAP_OBJECTSPACE":"",t.normalMapTangentSpace?"#define USE_NORMALMAP_TANGENTSPACE":"",t.displacementMap?"#define USE_DISPLACEMENTMAP":"",t.emissiveMap?"#define USE_EMISSIVEMAP":"",t.anisotropy?"#define USE_ANISOTROPY":"",t.anisotropyMap?"#define USE_ANISOTROPYMAP":"",t.clearcoatMap?"#define USE_CLEARCOATMAP":"",t.clearcoatRoughnessMap?"#define USE_CLEARCOAT_ROUGHNESSMAP":"",t.clearcoatNormalMap?"#define USE_CLEARCOAT_NORMALMAP":"",t.diffuseRoughnessMap?"#define USE_DIFFUSE_ROUGHNESSMAP":"",t.iridescenceMap?"#define USE_IRIDESCENCEMAP":"",t.iridescenceThicknessMap?"#define USE_IRIDESCENCE_THICKNESSMAP":"",t.specularMap?"#define USE_SPECULARMAP":"",t.specularColorMap?"#define USE_SPECULAR_COLORMAP":"",t.specularIntensityMap?"#define USE_SPECULAR_INTENSITYMAP":"",t.roughnessMap?"#define USE_ROUGHNESSMAP":"",t.metalnessMap?"#define USE_METALNESSMAP":"",t.alphaMap?"#define USE_ALPHAMAP":"",t.alphaHash?"#define USE_ALPHAHASH":"",t.transmission?"#define USE_TRANSMISSION":"",t.transmissionMap?"#define USE_TRANSMISSIONMAP":"",t.thicknessMap?"#define USE_THICKNESSMAP":"",t.sheenColorMap?"#define USE_SHEEN_COLORMAP":"",t.sheenRoughnessMap?"#define USE_SHEEN_ROUGHNESSMAP":"",t.mapUv?"#define MAP_UV "+t.mapUv:"",t.alphaMapUv?"#define ALPHAMAP_UV "+t.alphaMapUv:"",t.lightMapUv?"#define LIGHTMAP_UV "+t.lightMapUv:"",t.aoMapUv?"#define AOMAP_UV "+t.aoMapUv:"",t.emissiveMapUv?"#define EMISSIVEMAP_UV "+t.emissiveMapUv:"",t.bumpMapUv?"#define BUMPMAP_UV "+t.bumpMapUv:"",t.normalMapUv?"#define NORMALMAP_UV "+t.normalMapUv:"",t.displacementMapUv?"#define DISPLACEMENTMAP_UV "+t.displacementMapUv:"",t.metalnessMapUv?"#define METALNESSMAP_UV "+t.metalnessMapUv:"",t.roughnessMapUv?"#define ROUGHNESSMAP_UV "+t.roughnessMapUv:"",t.anisotropyMapUv?"#define ANISOTROPYMAP_UV "+t.anisotropyMapUv:"",t.clearcoatMapUv?"#define CLEARCOATMAP_UV "+t.clearcoatMapUv:"",t.clearcoatNormalMapUv?"#define CLEARCOAT_NORMALMAP_UV "+t.clearcoatNormalMapUv:"",t.clearcoatRoughnessMapUv?"#define CLEARCOAT_ROUGHNESSMAP_UV "+t.clearcoatRoughnessMapUv:"",t.diffuseRoughnessMapUv?"#define DIFFUSE_ROUGHNESSMAP_UV "+t.diffuseRoughnessMapUv:"",t.iridescenceMapUv?"#define IRIDESCENCEMAP_UV "+t.iridescenceMapUv:"",t.iridescenceThicknessMapUv?"#define IRIDESCENCE_THICKNESSMAP_UV "+t.iridescenceThicknessMapUv:"",t.sheenColorMapUv?"#define SHEEN_COLORMAP_UV "+t.sheenColorMapUv:"",t.sheenRoughnessMapUv?"#define SHEEN_ROUGHNESSMAP_UV "+t.sheenRoughnessMapUv:"",t.specularMapUv?"#define SPECULARMAP_UV "+t.specularMapUv:"",t.specularColorMapUv?"#define SPECULAR_COLORMAP_UV "+t.specularColorMapUv:"",t.specularIntensityMapUv?"#define SPECULAR_INTENSITYMAP_UV "+t.specularIntensityMapUv:"",t.transmissionMapUv?"#define TRANSMISSIONMAP_UV "+t.transmissionMapUv:"",t.thicknessMapUv?"#define THICKNESSMAP_UV "+t.thicknessMapUv:"",t.vertexTangents&&t.flatShading===!1?"#define USE_TANGENT":"",t.vertexNormals?"#define HAS_NORMAL":"",t.vertexColors?"#define USE_COLOR":"",t.vertexAlphas?"#define USE_COLOR_ALPHA":"",t.vertexUv1s?"#define USE_UV1":"",t.vertexUv2s?"#define USE_UV2":"",t.vertexUv3s?"#define USE_UV3":"",t.pointsUvs?"#define USE_POINTS_UV":"",t.flatShading?"#define FLAT_SHADED":"",t.skinning?"#define USE_SKINNING":"",t.morphTargets?"#define USE_MORPHTARGETS":"",t.morphNormals&&t.flatShading===!1?"#define USE_MORPHNORMALS":"",t.morphColors?"#define USE_MORPHCOLORS":"",t.morphTargetsCount>0?"#define MORPHTARGETS_TEXTURE_STRIDE "+t.morphTextureStride:"",t.morphTargetsCount>0?"#define MORPHTARGETS_COUNT "+t.morphTargetsCount:"",t.doubleSided?"#define DOUBLE_SIDED":"",t.flipSided?"#define FLIP_SIDED":"",t.shadowMapEnabled?"#define USE_SHADOWMAP":"",t.shadowMapEnabled?"#define "+l:"",t.sizeAttenuation?"#define USE_SIZEATTENUATION":"",t.numLightProbes>0?"#define USE_LIGHT_PROBES":"",t.logarithmicDepthBuffer?"#define USE_LOGARITHMIC_DEPTH_BUFFER":"",t.reversedDepthBuffer?"#define USE_REVERSED_DEPTH_BUFFER":"","uniform mat4 modelMatrix;","uniform mat4 modelViewMatrix;","uniform mat4 projectionMatrix;","uniform mat4 viewMatrix;","uniform mat3 normalMatrix;","uniform vec3 cameraPosition;","uniform bool isOrthographic;","#ifdef USE_INSTANCING","	attribute mat4 instanceMatrix;","#endif","#ifdef USE_INSTANCING_COLOR","	attribute vec3 instanceColor;","#endif","#ifdef USE_INSTANCING_MORPH","	uniform sampler2D morphTexture;","#endif","attribute vec3 position;","attribute vec3 normal;","attribute vec2 uv;","#ifdef USE_UV1","	attribute vec2 uv1;","#endif","#ifdef USE_UV2","	attribute vec2 uv2;","#endif","#ifdef USE_UV3","	attribute vec2 uv3;","#endif","#ifdef USE_TANGENT","	attribute vec4 tangent;","#endif","#if defined( USE_COLOR_ALPHA )","	attribute vec4 color;","#elif defined( USE_COLOR )","	attribute vec3 color;","#endif","#ifdef USE_SKINNING","	attribute vec4 skinIndex;","	attribute vec4 skinWeight;","#endif",`
`].filter(nr).join(`
`),m=[Pu(t),"#define SHADER_TYPE "+t.shaderType,"#define SHADER_NAME "+t.shaderName,f,t.useFog&&t.fog?"#define USE_FOG":"",t.useFog&&t.fogExp2?"#define FOG_EXP2":"",t.alphaToCoverage?"#define ALPHA_TO_COVERAGE":"",t.map?"#define USE_MAP":"",t.matcap?"#define USE_MATCAP":"",t.envMap?"#define USE_ENVMAP":"",t.envMap?"#define "+c:"",t.envMap?"#define "+h:"",t.envMap?"#define "+p:"",t.envMapPMREM?"#define ENVMAP_MAX_LOD "+t.envMapMaxLod+".0":"",t.envMapPMREM?"#define ENVMAP_SIZE "+t.envMapSize+".0":"",t.lightMap?"#define USE_LIGHTMAP":"",t.aoMap?"#define USE_AOMAP":"",t.bumpMap?"#define USE_BUMPMAP":"",t.normalMap?"#define USE_NORMALMAP":"",t.normalMapObjectSpace?"#define USE_NORMALMAP_OBJECTSPACE":"",t.normalMapTangentSpace?"#define USE_NORMALMAP_TANGENTSPACE":"",t.packedNormalMap?"#define USE_PACKED_NORMALMAP":"",t.emissiveMap?"#define USE_EMISSIVEMAP":"",t.anisotropy?"#define USE_ANISOTROPY":"",t.anisotropyMap?"#define USE_ANISOTROPYMAP":"",t.clearcoat?"#define USE_CLEARCOAT":"",t.clearcoatMap?"#define USE_CLEARCOATMAP":"",t.clearcoatRoughnessMap?"#define USE_CLEARCOAT_ROUGHNESSMAP":"",t.clearcoatNormalMap?"#define USE_CLEARCOAT_NORMALMAP":"",t.diffuseRoughness?"#define USE_DIFFUSE_ROUGHNESS":"",t.diffuseRoughnessMap?"#define USE_DIFFUSE_ROUGHNESSMAP":"",t.dispersion?"#define USE_DISPERSION":"",t.retroreflection?"#define USE_RETROREFLECTION":"",t.iridescence?"#define USE_IRIDESCENCE":"",t.iridescenceMap?"#define USE_IRIDESCENCEMAP":"",t.iridescenceThicknessMap?"#define USE_IRIDESCENCE_THICKNESSMAP":"",t.specularMap?"#define USE_SPECULARMAP":"",t.specularColorMap?"#define USE_SPECULAR_COLORMAP":"",t.specularIntensityMap?"#define USE_SPECULAR_INTENSITYMAP":"",t.roughnessMap?"#define USE_ROUGHNESSMAP":"",t.metalnessMap?"#define USE_METALNESSMAP":"",t.alphaMap?"#define USE_ALPHAMAP":"",t.alphaTest?"#define USE_ALPHATEST":"",t.alphaHash?"#define USE_ALPHAHASH":"",t.sheen?"#define USE_SHEEN":"",t.sheenColorMap?"#define USE_SHEEN_COLORMAP":"",t.sheenRoughnessMap?"#define USE_SHEEN_ROUGHNESSMAP":"",t.transmission?"#define USE_TRANSMISSION":"",t.transmissionMap?"#define USE_TRANSMISSIONMAP":"",t.thicknessMap?"#define USE_THICKNESSMAP":"",t.vertexTangents&&t.flatShading===!1?"#define USE_TANGENT":"",t.vertexColors||t.instancingColor?"#define USE_COLOR":"",t.vertexAlphas||t.batchingColor?"#define USE_COLOR_ALPHA":"",t.vertexUv1s?"#define USE_UV1":"",t.vertexUv2s?"#define USE_UV2":"",t.vertexUv3s?"#define USE_UV3":"",t.pointsUvs?"#define USE_POINTS_UV":"",t.gradientMap?"#define USE_GRADIENTMAP":"",t.flatShading?"#define FLAT_SHADED":"",t.doubleSided?"#define DOUBLE_SIDED":"",t.flipSided?"#define FLIP_SIDED":"",t.shadowMapEnabled?"#define USE_SHADOWMAP":"",t.shadowMapEnabled?"#define "+l:"",t.premultipliedAlpha?"#define PREMULTIPLIED_ALPHA":"",t.numLightProbes>0?"#define USE_LIGHT_PROBES":"",t.decodeVideoTexture?"#define DECODE_VIDEO_TEXTURE":"",t.decodeVideoTextureEmissive?"#define DECODE_VIDEO_TEXTURE_EMISSIVE":"",t.logarithmicDepthBuffer?"#define USE_LOGARITHMIC_DEPTH_BUFFER":"",t.reversedDepthBuffer?"#define USE_REVERSED_DEPTH_BUFFER":"","uniform mat4 viewMatrix;","uniform vec3 cameraPosition;","uniform bool isOrthographic;",t.toneMapping!==wn?"#define TONE_MAPPING":"",t.toneMapping!==wn?ke.tonemapping_pars_fragment:"",t.toneMapping!==wn?G0("toneMapping",t.toneMapping):"",t.dithering?"#define DITHERING":"",t.opaque?"#define OPAQUE":"",ke.colorspace_pars_fragment,z0("linearToOutputTexel",t.outputColorSpace),H0(),t.useDepthPacking?"#define DEPTH_PACKING "+t.depthPacking:"",`
`].filter(nr).join(`
`)),o=ac(o),o=Au(o,t),o=Ru(o,t),a=ac(a),a=Au(a,t),a=Ru(a,t),o=Cu(o),a=Cu(a),t.isRawShaderMaterial!==!0&&(d=`#version 300 es
`,S=[u,"#define attribute in","#define varying out","#define texture2D texture"].join(`
`)+`
`+S,m=["#define varying in",t.glslVersion===ql?"":"layout(location = 0) out highp vec4 pc_fragColor;",t.glslVersion===ql?"":"#define gl_FragColor pc_fragColor","#define gl_FragDepthEXT gl_FragDepth","#define texture2D texture","#define textureCube texture","#define texture2DProj textureProj","#define texture2DLodEXT textureLod","#define texture2DProjLodEXT textureProjLod","#define textureCubeLodEXT textureLod","#define texture2DGradEXT textureGrad","#define texture2DProjGradEXT textureProjGrad","#define textureCubeGradEXT textureGrad"].join(`
`)+`
`+m);let _=d+S+o,E=d+m+a,M=wu(s,s.VERTEX_SHADER,_),A=wu(s,s.FRAGMENT_SHADER,E);s.attachShader(x,M),s.attachShader(x,A),t.index0AttributeName!==void 0?s.bindAttribLocation(x,0,t.index0AttributeName):t.hasPositionAttribute===!0&&s.bindAttribLocation(x,0,"position"),s.linkProgram(x);function T(C){if(i.debug.checkShaderErrors){let D=s.getProgramInfoLog(x)||"",k=s.getShaderInfoLog(M)||"",q=s.getShaderInfoLog(A)||"",I=D.trim(),W=k.trim(),J=q.trim(),V=!0,te=!0;if(s.getProgramParameter(x,s.LINK_STATUS)===!1)if(V=!1,typeof i.debug.onShaderError=="function")i.debug.onShaderError(s,x,M,A);else{let H=Eu(s,M,"vertex"),Q=Eu(s,A,"fragment");Pe("WebGLProgram: Shader Error "+s.getError()+" - VALIDATE_STATUS "+s.getProgramParameter(x,s.VALIDATE_STATUS)+`

Material Name: `+C.name+`
Material Type: `+C.type+`

Program Info Log: `+I+`
`+H+`
`+Q)}else I!==""?Re("WebGLProgram: Program Info Log:",I):(W===""||J==="")&&(te=!1);te&&(C.diagnostics={runnable:V,programLog:I,vertexShader:{log:W,prefix:S},fragmentShader:{log:J,prefix:m}})}s.deleteShader(M),s.deleteShader(A),g=new is(s,x),b=q0(s,x)}let g;this.getUniforms=function(){return g===void 0&&T(this),g};let b;this.getAttributes=function(){return b===void 0&&T(this),b};let N=t.rendererExtensionParallelShaderCompile===!1;return this.isReady=function(){return N===!1&&(N=s.getProgramParameter(x,F0)),N},this.destroy=function(){n.releaseStatesOfProgram(this),s.deleteProgram(x),this.program=void 0},this.type=t.shaderType,this.name=t.shaderName,this.id=O0++,this.cacheKey=e,this.usedTimes=1,this.program=x,this.vertexShader=M,this.fragmentShader=A,this}var sy=0,lc=class{constructor(){this.shaderCache=new Map,this.materialCache=new Map}update(e,t,n){let s=this._getShaderCacheForMaterial(e);return s.has(t)===!1&&(s.add(t),t.usedTimes++),s.has(n)===!1&&(s.add(n),n.usedTimes++),this}remove(e){let t=this.materialCache.get(e);for(let n of t)n.usedTimes--,n.usedTimes===0&&this.shaderCache.delete(n.code);return this.materialCache.delete(e),this}getVertexShaderStage(e){return this._getShaderStage(e.vertexShader)}getFragmentShaderStage(e){return this._getShaderStage(e.fragmentShader)}dispose(){this.shaderCache.clear(),this.materialCache.clear()}_getShaderCacheForMaterial(e){let t=this.materialCache,n=t.get(e);return n===void 0&&(n=new Set,t.set(e,n)),n}_getShaderStage(e){let t=this.shaderCache,n=t.get(e);return n===void 0&&(n=new cc(e),t.set(e,n)),n}},cc=class{constructor(e){this.id=sy++,this.code=e,this.usedTimes=0}};function ry(i){return i===ri||i===Qs||i===$s}function oy(i,e,t,n,s,r){let o=new Wi,a=new lc,l=new Set,c=[],h=new Map,p=n.logarithmicDepthBuffer,u={MeshDepthMaterial:"depth",MeshDistanceMaterial:"distance",MeshNormalMaterial:"normal",MeshBasicMaterial:"basic",MeshLambertMaterial:"lambert",MeshPhongMaterial:"phong",MeshToonMaterial:"toon",MeshStandardMaterial:"physical",MeshPhysicalMaterial:"physical",MeshMatcapMaterial:"matcap",LineBasicMaterial:"basic",LineDashedMaterial:"dashed",PointsMaterial:"points",ShadowMaterial:"shadow",SpriteMaterial:"sprite"};function f(g){return l.add(g),g===0?"uv":`uv${g}`}function x(g,b,N,C,D,k){let q=C.fog,I=D.geometry,W=g.isMeshStandardMaterial||g.isMeshLambertMaterial||g.isMeshPhongMaterial?C.environment:null,J=g.isMeshStandardMaterial||g.isMeshLambertMaterial&&!g.envMap||g.isMeshPhongMaterial&&!g.envMap,V=e.get(g.envMap||W,J),te=u[g.type],H=n.precision;g.precision!==null&&(H=n.getMaxPrecision(g.precision),H!==g.precision&&Re("WebGLProgram.getParameters:",g.precision,"not supported, using",H,"instead."));let Q=I.morphAttributes.position||I.morphAttributes.normal||I.morphAttributes.color,$=Q!==void 0?Q.length:0,Se=0;I.morphAttributes.position!==void 0&&(Se=1),I.morphAttributes.normal!==void 0&&(Se=2),I.morphAttributes.color!==void 0&&(Se=3);let Ue,Z,pe,xe;if(te){let de=En[te];Ue=de.vertexShader,Z=de.fragmentShader}else{Ue=g.vertexShader,Z=g.fragmentShader;let de=a.getVertexShaderStage(g),je=a.getFragmentShaderStage(g);a.update(g,de,je),pe=de.id,xe=je.id}let Ee=i.getRenderTarget(),me=i.state.buffers.depth.getReversed(),Ne=D.isInstancedMesh===!0,ct=D.isBatchedMesh===!0,Ce=!!g.map,Je=!!g.matcap,$e=!!V,Ve=$e&&V.isPMREMTexture===!0,Mt=!!g.aoMap,dt=!!g.lightMap,kt=!!g.bumpMap&&g.wireframe===!1,at=!!g.normalMap,gn=!!g.displacementMap,yt=!!g.emissiveMap,jt=!!g.metalnessMap,Qt=!!g.roughnessMap,$t=g.anisotropy>0,L=g.clearcoat>0,en=g.diffuseRoughness>0,it=g.dispersion>0,st=g.retroreflectivity>0,ue=g.iridescence>0,ft=g.sheen>0,Ae=g.transmission>0,Le=$t&&!!g.anisotropyMap,w=L&&!!g.clearcoatMap,y=L&&!!g.clearcoatNormalMap,O=L&&!!g.clearcoatRoughnessMap,ee=en&&!!g.diffuseRoughnessMap,j=ue&&!!g.iridescenceMap,se=ue&&!!g.iridescenceThicknessMap,ce=ft&&!!g.sheenColorMap,X=ft&&!!g.sheenRoughnessMap,Y=!!g.specularMap,oe=!!g.specularColorMap,R=!!g.specularIntensityMap,K=Ae&&!!g.transmissionMap,G=Ae&&!!g.thicknessMap,ae=!!g.gradientMap,ie=!!g.alphaMap,re=g.alphaTest>0,Me=!!g.alphaHash,Be=!!g.extensions,ne=wn;g.toneMapped&&(Ee===null||Ee.isXRRenderTarget===!0)&&(ne=i.toneMapping);let we=Ve?V.isCompressedCubeTexture?V.image[0].mipmaps:V.mipmaps:null,Oe={shaderID:te,shaderType:g.type,shaderName:g.name,vertexShader:Ue,fragmentShader:Z,defines:g.defines,customVertexShaderID:pe,customFragmentShaderID:xe,isRawShaderMaterial:g.isRawShaderMaterial===!0,glslVersion:g.glslVersion,precision:H,batching:ct,batchingColor:ct&&D._colorsTexture!==null,instancing:Ne,instancingColor:Ne&&D.instanceColor!==null,instancingMorph:Ne&&D.morphTexture!==null,outputColorSpace:Ee===null?i.outputColorSpace:Ee.isXRRenderTarget===!0?Ee.texture.colorSpace:We.workingColorSpace,alphaToCoverage:!!g.alphaToCoverage,map:Ce,matcap:Je,envMap:$e,envMapMode:$e&&V.mapping,envMapPMREM:Ve,envMapMaxLod:Ve?we.length-1:null,envMapSize:Ve?we[0].width:null,aoMap:Mt,lightMap:dt,bumpMap:kt,normalMap:at,displacementMap:gn,emissiveMap:yt,normalMapObjectSpace:at&&g.normalMapType===Jh,normalMapTangentSpace:at&&g.normalMapType===er,packedNormalMap:at&&g.normalMapType===er&&ry(g.normalMap.format),metalnessMap:jt,roughnessMap:Qt,anisotropy:$t,anisotropyMap:Le,clearcoat:L,clearcoatMap:w,clearcoatNormalMap:y,clearcoatRoughnessMap:O,diffuseRoughness:en,diffuseRoughnessMap:ee,dispersion:it,retroreflection:st,iridescence:ue,iridescenceMap:j,iridescenceThicknessMap:se,sheen:ft,sheenColorMap:ce,sheenRoughnessMap:X,specularMap:Y,specularColorMap:oe,specularIntensityMap:R,transmission:Ae,transmissionMap:K,thicknessMap:G,gradientMap:ae,opaque:g.transparent===!1&&g.blending===$i&&g.alphaToCoverage===!1,alphaMap:ie,alphaTest:re,alphaHash:Me,combine:g.combine,mapUv:Ce&&f(g.map.channel),aoMapUv:Mt&&f(g.aoMap.channel),lightMapUv:dt&&f(g.lightMap.channel),bumpMapUv:kt&&f(g.bumpMap.channel),normalMapUv:at&&f(g.normalMap.channel),displacementMapUv:gn&&f(g.displacementMap.channel),emissiveMapUv:yt&&f(g.emissiveMap.channel),metalnessMapUv:jt&&f(g.metalnessMap.channel),roughnessMapUv:Qt&&f(g.roughnessMap.channel),anisotropyMapUv:Le&&f(g.anisotropyMap.channel),clearcoatMapUv:w&&f(g.clearcoatMap.channel),clearcoatNormalMapUv:y&&f(g.clearcoatNormalMap.channel),clearcoatRoughnessMapUv:O&&f(g.clearcoatRoughnessMap.channel),diffuseRoughnessMapUv:ee&&f(g.diffuseRoughnessMap.channel),iridescenceMapUv:j&&f(g.iridescenceMap.channel),iridescenceThicknessMapUv:se&&f(g.iridescenceThicknessMap.channel),sheenColorMapUv:ce&&f(g.sheenColorMap.channel),sheenRoughnessMapUv:X&&f(g.sheenRoughnessMap.channel),specularMapUv:Y&&f(g.specularMap.channel),specularColorMapUv:oe&&f(g.specularColorMap.channel),specularIntensityMapUv:R&&f(g.specularIntensityMap.channel),transmissionMapUv:K&&f(g.transmissionMap.channel),thicknessMapUv:G&&f(g.thicknessMap.channel),alphaMapUv:ie&&f(g.alphaMap.channel),vertexTangents:!!I.attributes.tangent&&(at||$t),vertexNormals:!!I.attributes.normal,vertexColors:g.vertexColors,vertexAlphas:g.vertexColors===!0&&!!I.attributes.color&&I.attributes.color.itemSize===4,pointsUvs:D.isPoints===!0&&!!I.attributes.uv&&(Ce||ie),fog:!!q,useFog:g.fog===!0,fogExp2:!!q&&q.isFogExp2,flatShading:g.wireframe===!1&&(g.flatShading===!0||I.attributes.normal===void 0&&at===!1&&(g.isMeshLambertMaterial||g.isMeshPhongMaterial||g.isMeshStandardMaterial||g.isMeshPhysicalMaterial)),sizeAttenuation:g.sizeAttenuation===!0,logarithmicDepthBuffer:p,reversedDepthBuffer:me,skinning:D.isSkinnedMesh===!0,hasPositionAttribute:I.attributes.position!==void 0,morphTargets:I.morphAttributes.position!==void 0,morphNormals:I.morphAttributes.normal!==void 0,morphColors:I.morphAttributes.color!==void 0,morphTargetsCount:$,morphTextureStride:Se,numSunLights:b.sun.length,numDirLights:b.directional.length,numPointLights:b.point.length,numSpotLights:b.spot.length,numSpotLightMaps:b.spotLightMap.length,numRectAreaLights:b.rectArea.length,numHemiLights:b.hemi.length,numSunLightShadows:b.sunShadowMap.length,numDirLightShadows:b.directionalShadowMap.length,numPointLightShadows:b.pointShadowMap.length,numSpotLightShadows:b.spotShadowMap.length,numSpotLightShadowsWithMaps:b.numSpotLightShadowsWithMaps,numLightProbes:b.numLightProbes,numLightProbeGrids:k.filter(de=>de.texture!==null).length,numClippingPlanes:r.numPlanes,numClipIntersection:r.numIntersection,dithering:g.dithering,shadowMapEnabled:i.shadowMap.enabled&&N.length>0,shadowMapType:i.shadowMap.type,toneMapping:ne,decodeVideoTexture:Ce&&g.map.isVideoTexture===!0&&We.getTransfer(g.map.colorSpace)===Ke,decodeVideoTextureEmissive:yt&&g.emissiveMap.isVideoTexture===!0&&We.getTransfer(g.emissiveMap.colorSpace)===Ke,premultipliedAlpha:g.premultipliedAlpha,doubleSided:g.side===Mn,flipSided:g.side===Et,useDepthPacking:g.depthPacking>=0,depthPacking:g.depthPacking||0,index0AttributeName:g.index0AttributeName,extensionClipCullDistance:Be&&g.extensions.clipCullDistance===!0&&t.has("WEBGL_clip_cull_distance"),extensionMultiDraw:(Be&&g.extensions.multiDraw===!0||ct)&&t.has("WEBGL_multi_draw"),rendererExtensionParallelShaderCompile:t.has("KHR_parallel_shader_compile"),customProgramCacheKey:g.customProgramCacheKey()};return Oe.vertexUv1s=l.has(1),Oe.vertexUv2s=l.has(2),Oe.vertexUv3s=l.has(3),l.clear(),Oe}function S(g){let b=[];if(g.shaderID?b.push(g.shaderID):(b.push(g.customVertexShaderID),b.push(g.customFragmentShaderID)),g.defines!==void 0)for(let N in g.defines)b.push(N),b.push(g.defines[N]);return g.isRawShaderMaterial===!1&&(m(b,g),d(b,g),b.push(i.outputColorSpace)),b.push(g.customProgramCacheKey),b.join()}function m(g,b){g.push(b.precision),g.push(b.outputColorSpace),g.push(b.envMapMode),g.push(b.envMapPMREM),g.push(b.envMapMaxLod),g.push(b.envMapSize),g.push(b.mapUv),g.push(b.alphaMapUv),g.push(b.lightMapUv),g.push(b.aoMapUv),g.push(b.bumpMapUv),g.push(b.normalMapUv),g.push(b.displacementMapUv),g.push(b.emissiveMapUv),g.push(b.metalnessMapUv),g.push(b.roughnessMapUv),g.push(b.anisotropyMapUv),g.push(b.clearcoatMapUv),g.push(b.clearcoatNormalMapUv),g.push(b.clearcoatRoughnessMapUv),g.push(b.diffuseRoughnessMapUv),g.push(b.iridescenceMapUv),g.push(b.iridescenceThicknessMapUv),g.push(b.sheenColorMapUv),g.push(b.sheenRoughnessMapUv),g.push(b.specularMapUv),g.push(b.specularColorMapUv),g.push(b.specularIntensityMapUv),g.push(b.transmissionMapUv),g.push(b.thicknessMapUv),g.push(b.combine),g.push(b.fogExp2),g.push(b.sizeAttenuation),g.push(b.morphTargetsCount),g.push(b.numSunLights),g.push(b.numDirLights),g.push(b.numPointLights),g.push(b.numSpotLights),g.push(b.numSpotLightMaps),g.push(b.numHemiLights),g.push(b.numRectAreaLights),g.push(b.numSunLightShadows),g.push(b.numDirLightShadows),g.push(b.numPointLightShadows),g.push(b.numSpotLightShadows),g.push(b.numSpotLightShadowsWithMaps),g.push(b.numLightProbes),g.push(b.numLightProbeGrids),g.push(b.shadowMapType),g.push(b.toneMapping),g.push(b.numClippingPlanes),g.push(b.numClipIntersection),g.push(b.depthPacking)}function d(g,b){o.disableAll(),b.instancing&&o.enable(0),b.instancingColor&&o.enable(1),b.instancingMorph&&o.enable(2),b.matcap&&o.enable(3),b.envMap&&o.enable(4),b.normalMapObjectSpace&&o.enable(5),b.normalMapTangentSpace&&o.enable(6),b.clearcoat&&o.enable(7),b.iridescence&&o.enable(8),b.alphaTest&&o.enable(9),b.vertexColors&&o.enable(10),b.vertexAlphas&&o.enable(11),b.vertexUv1s&&o.enable(12),b.vertexUv2s&&o.enable(13),b.vertexUv3s&&o.enable(14),b.vertexTangents&&o.enable(15),b.anisotropy&&o.enable(16),b.alphaHash&&o.enable(17),b.batching&&o.enable(18),b.dispersion&&o.enable(19),b.retroreflection&&o.enable(24),b.diffuseRoughness&&o.enable(25),b.batchingColor&&o.enable(20),b.gradientMap&&o.enable(21),b.packedNormalMap&&o.enable(22),b.vertexNormals&&o.enable(23),g.push(o.mask),o.disableAll(),b.fog&&o.enable(0),b.useFog&&o.enable(1),b.flatShading&&o.enable(2),b.logarithmicDepthBuffer&&o.enable(3),b.reversedDepthBuffer&&o.enable(4),b.skinning&&o.enable(5),b.morphTargets&&o.enable(6),b.morphNormals&&o.enable(7),b.morphColors&&o.enable(8),b.premultipliedAlpha&&o.enable(9),b.shadowMapEnabled&&o.enable(10),b.doubleSided&&o.enable(11),b.flipSided&&o.enable(12),b.useDepthPacking&&o.enable(13),b.dithering&&o.enable(14),b.transmission&&o.enable(15),b.sheen&&o.enable(16),b.opaque&&o.enable(17),b.pointsUvs&&o.enable(18),b.decodeVideoTexture&&o.enable(19),b.decodeVideoTextureEmissive&&o.enable(20),b.alphaToCoverage&&o.enable(21),b.numLightProbeGrids>0&&o.enable(22),b.hasPositionAttribute&&o.enable(23),g.push(o.mask)}function _(g){let b=u[g.type],N;if(b){let C=En[b];N=uu.clone(C.uniforms)}else N=g.uniforms;return N}function E(g,b){let N=h.get(b);return N!==void 0?++N.usedTimes:(N=new iy(i,b,g,s),c.push(N),h.set(b,N)),N}function M(g){if(--g.usedTimes===0){let b=c.indexOf(g);c[b]=c[c.length-1],c.pop(),h.delete(g.cacheKey),g.destroy()}}function A(g){a.remove(g)}function T(){a.dispose()}return{getParameters:x,getProgramCacheKey:S,getUniforms:_,acquireProgram:E,releaseProgram:M,releaseShaderCache:A,programs:c,dispose:T}}function ay(){let i=new WeakMap;function e(o){return i.has(o)}function t(o){let a=i.get(o);return a===void 0&&(a={},i.set(o,a)),a}function n(o){i.delete(o)}function s(o,a,l){i.get(o)[a]=l}function r(){i=new WeakMap}return{has:e,get:t,remove:n,update:s,dispose:r}}function ly(i,e){return i.groupOrder!==e.groupOrder?i.groupOrder-e.groupOrder:i.renderOrder!==e.renderOrder?i.renderOrder-e.renderOrder:i.material.id!==e.material.id?i.material.id-e.material.id:i.materialVariant!==e.materialVariant?i.materialVariant-e.materialVariant:i.z!==e.z?i.z-e.z:i.id-e.id}function Iu(i,e){return i.groupOrder!==e.groupOrder?i.groupOrder-e.groupOrder:i.renderOrder!==e.renderOrder?i.renderOrder-e.renderOrder:i.z!==e.z?e.z-i.z:i.id-e.id}function Lu(){let i=[],e=0,t=[],n=[],s=[];function r(){e=0,t.length=0,n.length=0,s.length=0}function o(u){let f=0;return u.isInstancedMesh&&(f+=2),u.isSkinnedMesh&&(f+=1),f}function a(u,f,x,S,m,d){let _=i[e];return _===void 0?(_={id:u.id,object:u,geometry:f,material:x,materialVariant:o(u),groupOrder:S,renderOrder:u.renderOrder,z:m,group:d},i[e]=_):(_.id=u.id,_.object=u,_.geometry=f,_.material=x,_.materialVariant=o(u),_.groupOrder=S,_.renderOrder=u.renderOrder,_.z=m,_.group=d),e++,_}function l(u,f,x,S,m,d,_){_.reversedDepth===!0&&(m=-m);let E=a(u,f,x,S,m,d);x.transmission>0?n.push(E):x.transparent===!0?s.push(E):t.push(E)}function c(u,f,x,S,m,d){let _=a(u,f,x,S,m,d);x.transmission>0?n.unshift(_):x.transparent===!0?s.unshift(_):t.unshift(_)}function h(u,f){t.length>1&&t.sort(u||ly),n.length>1&&n.sort(f||Iu),s.length>1&&s.sort(f||Iu)}function p(){for(let u=e,f=i.length;u<f;u++){let x=i[u];if(x.id===null)break;x.id=null,x.object=null,x.geometry=null,x.material=null,x.group=null}}return{opaque:t,transmissive:n,transparent:s,init:r,push:l,unshift:c,finish:p,sort:h}}function cy(){let i=new WeakMap;function e(n,s){let r=i.get(n),o;return r===void 0?(o=new Lu,i.set(n,[o])):s>=r.length?(o=new Lu,r.push(o)):o=r[s],o}function t(){i=new WeakMap}return{get:e,dispose:t}}function hy(){let i={};return{get:function(e){if(i[e.id]!==void 0)return i[e.id];let t;switch(e.type){case"SunLight":case"DirectionalLight":t={direction:new U,color:new Fe};break;case"SpotLight":t={position:new U,direction:new U,color:new Fe,distance:0,coneCos:0,penumbraCos:0,decay:0};break;case"PointLight":t={position:new U,color:new Fe,distance:0,decay:0};break;case"HemisphereLight":t={direction:new U,skyColor:new Fe,groundColor:new Fe};break;case"RectAreaLight":t={color:new Fe,position:new U,halfWidth:new U,halfHeight:new U};break}return i[e.id]=t,t}}}function uy(){let i={};return{get:function(e){if(i[e.id]!==void 0)return i[e.id];let t;switch(e.type){case"SunLight":case"DirectionalLight":t={shadowIntensity:1,shadowBias:0,shadowNormalBias:0,shadowRadius:1,shadowMapSize:new Te};break;case"SpotLight":t={shadowIntensity:1,shadowBias:0,shadowNormalBias:0,shadowRadius:1,shadowMapSize:new Te};break;case"PointLight":t={shadowIntensity:1,shadowBias:0,shadowNormalBias:0,shadowRadius:1,shadowMapSize:new Te,shadowCameraNear:1,shadowCameraFar:1e3};break}return i[e.id]=t,t}}}var dy=0;function fy(i,e){return(e.castShadow?2:0)-(i.castShadow?2:0)+(e.map?1:0)-(i.map?1:0)}function py(i){let e=new hy,t=uy(),n={version:0,hash:{sunLength:-1,directionalLength:-1,pointLength:-1,spotLength:-1,rectAreaLength:-1,hemiLength:-1,numSunShadows:-1,numDirectionalShadows:-1,numPointShadows:-1,numSpotShadows:-1,numSpotMaps:-1,numLightProbes:-1},ambient:[0,0,0],probe:[],sun:[],sunShadow:[],sunShadowMap:[],sunShadowMatrix:[],sunShadowCascade:[],directional:[],directionalShadow:[],directionalShadowMap:[],directionalShadowMatrix:[],spot:[],spotLightMap:[],spotShadow:[],spotShadowMap:[],spotLightMatrix:[],rectArea:[],rectAreaLTC1:null,rectAreaLTC2:null,point:[],pointShadow:[],pointShadowMap:[],pointShadowMatrix:[],hemi:[],numSpotLightShadowsWithMaps:0,numLightProbes:0};for(let c=0;c<9;c++)n.probe.push(new U);let s=new U,r=new Qe,o=new Qe;function a(c){let h=0,p=0,u=0;for(let k=0;k<9;k++)n.probe[k].set(0,0,0);let f=0,x=0,S=0,m=0,d=0,_=0,E=0,M=0,A=0,T=0,g=0,b=0,N=0,C=0;c.sort(fy);for(let k=0,q=c.length;k<q;k++){let I=c[k],W=I.color,J=I.intensity,V=I.distance,te=null;if(I.shadow&&I.shadow.map&&(I.shadow.map.texture.format===ri?te=I.shadow.map.texture:te=I.shadow.map.depthTexture||I.shadow.map.texture),I.isAmbientLight)h+=W.r*J,p+=W.g*J,u+=W.b*J;else if(I.isLightProbe){for(let H=0;H<9;H++)n.probe[H].addScaledVector(I.sh.coefficients[H],J);C++}else if(I.isSunLight){let H=e.get(I);if(H.color.copy(I.color).multiplyScalar(I.intensity),I.castShadow){let Q=I.shadow,$=t.get(I);$.shadowIntensity=Q.intensity,$.shadowBias=Q.bias,$.shadowNormalBias=Q.normalBias,$.shadowRadius=Q.radius,$.shadowMapSize.copy(Q.mapSize).multiply(Q.getFrameExtents()),n.sunShadow[x]=$,n.sunShadowMap[x]=te;let Se=Q.getViewportCount();for(let Ue=0;Ue<Se;Ue++)n.sunShadowMatrix[S+Ue]=Q.getMatrix(Ue),n.sunShadowCascade[S+Ue]=Q._cascadeData[Ue];S+=Se,x++}n.sun[f]=H,f++}else if(I.isDirectionalLight){let H=e.get(I);if(H.color.copy(I.color).multiplyScalar(I.intensity),I.castShadow){let Q=I.shadow,$=t.get(I);$.shadowIntensity=Q.intensity,$.shadowBias=Q.bias,$.shadowNormalBias=Q.normalBias,$.shadowRadius=Q.radius,$.shadowMapSize=Q.mapSize,n.directionalShadow[m]=$,n.directionalShadowMap[m]=te,n.directionalShadowMatrix[m]=I.shadow.matrix,A++}n.directional[m]=H,m++}else if(I.isSpotLight){let H=e.get(I);H.position.setFromMatrixPosition(I.matrixWorld),H.color.copy(W).multiplyScalar(J),H.distance=V,H.coneCos=Math.cos(I.angle),H.penumbraCos=Math.cos(I.angle*(1-I.penumbra)),H.decay=I.decay,n.spot[_]=H;let Q=I.shadow;if(I.map&&(n.spotLightMap[b]=I.map,b++,Q.updateMatrices(I),I.castShadow&&N++),n.spotLightMatrix[_]=Q.matrix,I.castShadow){let $=t.get(I);$.shadowIntensity=Q.intensity,$.shadowBias=Q.bias,$.shadowNormalBias=Q.normalBias,$.shadowRadius=Q.radius,$.shadowMapSize=Q.mapSize,n.spotShadow[_]=$,n.spotShadowMap[_]=te,g++}_++}else if(I.isRectAreaLight){let H=e.get(I);H.color.copy(W).multiplyScalar(J),H.halfWidth.set(I.width*.5,0,0),H.halfHeight.set(0,I.height*.5,0),n.rectArea[E]=H,E++}else if(I.isPointLight){let H=e.get(I);if(H.color.copy(I.color).multiplyScalar(I.intensity),H.distance=I.distance,H.decay=I.decay,I.castShadow){let Q=I.shadow,$=t.get(I);$.shadowIntensity=Q.intensity,$.shadowBias=Q.bias,$.shadowNormalBias=Q.normalBias,$.shadowRadius=Q.radius,$.shadowMapSize=Q.mapSize,$.shadowCameraNear=Q.camera.near,$.shadowCameraFar=Q.camera.far,n.pointShadow[d]=$,n.pointShadowMap[d]=te,n.pointShadowMatrix[d]=I.shadow.matrix,T++}n.point[d]=H,d++}else if(I.isHemisphereLight){let H=e.get(I);H.skyColor.copy(I.color).multiplyScalar(J),H.groundColor.copy(I.groundColor).multiplyScalar(J),n.hemi[M]=H,M++}}E>0&&(i.has("OES_texture_float_linear")===!0?(n.rectAreaLTC1=fe.LTC_FLOAT_1,n.rectAreaLTC2=fe.LTC_FLOAT_2):(n.rectAreaLTC1=fe.LTC_HALF_1,n.rectAreaLTC2=fe.LTC_HALF_2)),n.ambient[0]=h,n.ambient[1]=p,n.ambient[2]=u;let D=n.hash;(D.sunLength!==f||D.directionalLength!==m||D.pointLength!==d||D.spotLength!==_||D.rectAreaLength!==E||D.hemiLength!==M||D.numSunShadows!==x||D.numDirectionalShadows!==A||D.numPointShadows!==T||D.numSpotShadows!==g||D.numSpotMaps!==b||D.numLightProbes!==C)&&(n.sun.length=f,n.directional.length=m,n.spot.length=_,n.rectArea.length=E,n.point.length=d,n.hemi.length=M,n.sunShadow.length=x,n.sunShadowMap.length=x,n.sunShadowMatrix.length=S,n.sunShadowCascade.length=S,n.directionalShadow.length=A,n.directionalShadowMap.length=A,n.directionalShadowMatrix.length=A,n.pointShadow.length=T,n.pointShadowMap.length=T,n.pointShadowMatrix.length=T,n.spotShadow.length=g,n.spotShadowMap.length=g,n.spotLightMatrix.length=g+b-N,n.spotLightMap.length=b,n.numSpotLightShadowsWithMaps=N,n.numLightProbes=C,D.sunLength=f,D.directionalLength=m,D.pointLength=d,D.spotLength=_,D.rectAreaLength=E,D.hemiLength=M,D.numSunShadows=x,D.numDirectionalShadows=A,D.numPointShadows=T,D.numSpotShadows=g,D.numSpotMaps=b,D.numLightProbes=C,n.version=dy++)}function l(c,h){let p=0,u=0,f=0,x=0,S=0,m=0,d=h.matrixWorldInverse;for(let _=0,E=c.length;_<E;_++){let M=c[_];if(M.isSunLight){let A=n.sun[p];A.direction.setFromMatrixPosition(M.matrixWorld),A.direction.transformDirection(d),p++}else if(M.isDirectionalLight){let A=n.directional[u];A.direction.setFromMatrixPosition(M.matrixWorld),s.setFromMatrixPosition(M.target.matrixWorld),A.direction.sub(s),A.direction.transformDirection(d),u++}else if(M.isSpotLight){let A=n.spot[x];A.position.setFromMatrixPosition(M.matrixWorld),A.position.applyMatrix4(d),A.direction.setFromMatrixPosition(M.matrixWorld),s.setFromMatrixPosition(M.target.matrixWorld),A.direction.sub(s),A.direction.transformDirection(d),x++}else if(M.isRectAreaLight){let A=n.rectArea[S];A.position.setFromMatrixPosition(M.matrixWorld),A.position.applyMatrix4(d),o.identity(),r.copy(M.matrixWorld),r.premultiply(d),o.extractRotation(r),A.halfWidth.set(M.width*.5,0,0),A.halfHeight.set(0,M.height*.5,0),A.halfWidth.applyMatrix4(o),A.halfHeight.applyMatrix4(o),S++}else if(M.isPointLight){let A=n.point[f];A.position.setFromMatrixPosition(M.matrixWorld),A.position.applyMatrix4(d),f++}else if(M.isHemisphereLight){let A=n.hemi[m];A.direction.setFromMatrixPosition(M.matrixWorld),A.direction.transformDirection(d),m++}}}return{setup:a,setupView:l,state:n}}function Uu(i){let e=new py(i),t=[],n=[],s=[];function r(p){h.camera=p,t.length=0,n.length=0,s.length=0}function o(p){p.isLightProbeGrid?s.push(p):t.push(p)}function a(p){n.push(p)}function l(){e.setup(t),s.sort((p,u)=>p.priority-u.priority||p.id-u.id)}function c(p){e.setupView(t,p)}let h={lightsArray:t,shadowsArray:n,lightProbeGridArray:s,camera:null,lights:e,transmissionRenderTarget:{},textureUnits:0};return{init:r,state:h,setupLights:l,setupLightsView:c,pushLight:o,pushShadow:a}}function my(i){let e=new WeakMap;function t(s,r=0){let o=e.get(s),a;return o===void 0?(a=new Uu(i),e.set(s,[a])):r>=o.length?(a=new Uu(i),o.push(a)):a=o[r],a}function n(){e=new WeakMap}return{get:t,dispose:n}}var gy=`void main() {
	gl_Position = vec4( position, 1.0 );
}`,yy=`uniform sampler2D shadow_pass;
uniform vec2 resolution;
uniform float radius;
void main() {
	const float samples = float( VSM_SAMPLES );
	float mean = 0.0;
	float squared_mean = 0.0;
	float uvStride = samples <= 1.0 ? 0.0 : 2.0 / ( samples - 1.0 );
	float uvStart = samples <= 1.0 ? 0.0 : - 1.0;
	for ( float i = 0.0; i < samples; i ++ ) {
		float uvOffset = uvStart + i * uvStride;
		#ifdef HORIZONTAL_PASS
			vec2 distribution = texture2D( shadow_pass, ( gl_FragCoord.xy + vec2( uvOffset, 0.0 ) * radius ) / resolution ).rg;
			mean += distribution.x;
			squared_mean += distribution.y * distribution.y + distribution.x * distribution.x;
		#else
			float depth = texture2D( shadow_pass, ( gl_FragCoord.xy + vec2( 0.0, uvOffset ) * radius ) / resolution ).r;
			mean += depth;
			squared_mean += depth * depth;
		#endif
	}
	mean = mean / samples;
	squared_mean = squared_mean / samples;
	float std_dev = sqrt( max( 0.0, squared_mean - mean * mean ) );
	gl_FragColor = vec4( mean, std_dev, 0.0, 1.0 );
}`,xy=[new U(1,0,0),new U(-1,0,0),new U(0,1,0),new U(0,-1,0),new U(0,0,1),new U(0,0,-1)],vy=[new U(0,-1,0),new U(0,-1,0),new U(0,0,1),new U(0,0,-1),new U(0,-1,0),new U(0,-1,0)],Du=new Qe,tr=new U,ic=new U;function _y(i,e,t){let n=new jn,s=new Te,r=new Te,o=new ot,a=new so,l=new ro,c={},h=t.maxTextureSize,p={[si]:Et,[Et]:si,[Mn]:Mn},u=new sn({defines:{VSM_SAMPLES:8},uniforms:{shadow_pass:{value:null},resolution:{value:new Te},radius:{value:4}},vertexShader:gy,fragmentShader:yy}),f=u.clone();f.defines.HORIZONTAL_PASS=1;let x=new Bt;x.setAttribute("position",new Vt(new Float32Array([-1,-1,.5,3,-1,.5,-1,3,.5]),3));let S=new bt(x,u),m=this;this.enabled=!1,this.autoUpdate=!0,this.needsUpdate=!1,this.type=yi;let d=this.type;this.render=function(T,g,b){if(m.enabled===!1||m.autoUpdate===!1&&m.needsUpdate===!1||T.length===0)return;this.type===Ah&&(Re("WebGLShadowMap: PCFSoftShadowMap has been removed. Using PCFShadowMap instead."),this.type=yi);let N=i.getRenderTarget(),C=i.getActiveCubeFace(),D=i.getActiveMipmapLevel(),k=i.state;k.setBlending(xi),k.buffers.depth.getReversed()===!0?k.buffers.color.setClear(0,0,0,0):k.buffers.color.setClear(1,1,1,1),k.buffers.depth.setTest(!0),k.setScissorTest(!1);let q=d!==this.type;q&&g.traverse(function(I){I.material&&(Array.isArray(I.material)?I.material.forEach(W=>W.needsUpdate=!0):I.material.needsUpdate=!0)});for(let I=0,W=T.length;I<W;I++){let J=T[I],V=J.shadow;if(V===void 0){Re("WebGLShadowMap:",J,"has no shadow.");continue}if(V.autoUpdate===!1&&V.needsUpdate===!1)continue;s.copy(V.mapSize);let te=V.getFrameExtents();s.multiply(te),r.copy(V.mapSize),(s.x>h||s.y>h)&&(s.x>h&&(r.x=Math.floor(h/te.x),s.x=r.x*te.x,V.mapSize.x=r.x),s.y>h&&(r.y=Math.floor(h/te.y),s.y=r.y*te.y,V.mapSize.y=r.y));let H=i.state.buffers.depth.getReversed();if(V.camera._reversedDepth=H,V.map===null||q===!0){if(V.map!==null&&(V.map.depthTexture!==null&&(V.map.depthTexture.dispose(),V.map.depthTexture=null),V.map.dispose()),this.type===Qi){if(J.isPointLight){Re("WebGLShadowMap: VSM shadow maps are not supported for PointLights. Use PCF or BasicShadowMap instead.");continue}V.map=new Kt(s.x,s.y,{format:ri,type:fn,minFilter:Ot,magFilter:Ot,generateMipmaps:!1}),V.map.texture.name=J.name+".shadowMap",V.map.depthTexture=new Bn(s.x,s.y,rn),V.map.depthTexture.name=J.name+".shadowMapDepth",V.map.depthTexture.format=On,V.map.depthTexture.compareFunction=null,V.map.depthTexture.minFilter=St,V.map.depthTexture.magFilter=St}else J.isPointLight?(V.map=new ir(s.x),V.map.depthTexture=new Us(s.x,dn)):(V.map=new Kt(s.x,s.y),V.map.depthTexture=new Bn(s.x,s.y,dn)),V.map.depthTexture.name=J.name+".shadowMap",V.map.depthTexture.format=On,this.type===yi?(V.map.depthTexture.compareFunction=H?Hl:Gl,V.map.depthTexture.minFilter=Ot,V.map.depthTexture.magFilter=Ot):(V.map.depthTexture.compareFunction=null,V.map.depthTexture.minFilter=St,V.map.depthTexture.magFilter=St);V.camera.updateProjectionMatrix()}V.map.isWebGLCubeRenderTarget!==!0&&(V.map.width!==s.x||V.map.height!==s.y)&&V.map.setSize(s.x,s.y);let Q=V.map.isWebGLCubeRenderTarget?6:V.getViewportCount();J.isPointLight!==!0&&V.updateMatrices(J,b);let $=(V.camera.layers.mask&4294967294)!==0?V.camera.layers:b.layers;for(let Se=0;Se<Q;Se++){let Ue=V.getCamera(Se);if(J.isPointLight){let Z=V.camera,pe=V.matrix,xe=J.distance||Z.far;xe!==Z.far&&(Z.far=xe,Z.updateProjectionMatrix()),tr.setFromMatrixPosition(J.matrixWorld),Z.position.copy(tr),ic.copy(Z.position),ic.add(xy[Se]),Z.up.copy(vy[Se]),Z.lookAt(ic),Z.updateMatrixWorld(),pe.makeTranslation(-tr.x,-tr.y,-tr.z),Du.multiplyMatrices(Z.projectionMatrix,Z.matrixWorldInverse),V._frustum.setFromProjectionMatrix(Du,Z.coordinateSystem,Z.reversedDepth)}if(V.map.isWebGLCubeRenderTarget)i.setRenderTarget(V.map,Se),i.clear();else{Se===0&&(i.setRenderTarget(V.map),i.clear());let Z=V.getViewport(Se);o.set(r.x*Z.x,r.y*Z.y,r.x*Z.z,r.y*Z.w),k.viewport(o)}n=V.getFrustum(Se),M(g,b,Ue,J,$,this.type)}V.isPointLightShadow!==!0&&this.type===Qi&&_(V,b),V.needsUpdate=!1}d=this.type,m.needsUpdate=!1,i.setRenderTarget(N,C,D)};function _(T,g){let b=e.update(S);u.defines.VSM_SAMPLES!==T.blurSamples&&(u.defines.VSM_SAMPLES=T.blurSamples,f.defines.VSM_SAMPLES=T.blurSamples,u.needsUpdate=!0,f.needsUpdate=!0),T.mapPass===null?T.mapPass=new Kt(s.x,s.y,{format:ri,type:fn}):(T.mapPass.width!==T.map.width||T.mapPass.height!==T.map.height)&&T.mapPass.setSize(T.map.width,T.map.height),u.uniforms.shadow_pass.value=T.map.depthTexture,u.uniforms.resolution.value.set(T.map.width,T.map.height),u.uniforms.radius.value=T.radius,i.setRenderTarget(T.mapPass),i.clear(),i.renderBufferDirect(g,null,b,u,S,null),f.uniforms.shadow_pass.value=T.mapPass.texture,f.uniforms.resolution.value.set(T.map.width,T.map.height),f.uniforms.radius.value=T.radius,i.setRenderTarget(T.map),i.clear(),i.renderBufferDirect(g,null,b,f,S,null)}function E(T,g,b,N){let C=null,D=b.isPointLight===!0?T.customDistanceMaterial:T.customDepthMaterial;if(D!==void 0)C=D;else if(C=b.isPointLight===!0?l:a,i.localClippingEnabled&&g.clipShadows===!0&&Array.isArray(g.clippingPlanes)&&g.clippingPlanes.length!==0||g.displacementMap&&g.displacementScale!==0||g.alphaMap&&g.alphaTest>0||g.map&&g.alphaTest>0||g.alphaToCoverage===!0){let k=C.uuid,q=g.uuid,I=c[k];I===void 0&&(I={},c[k]=I);let W=I[q];W===void 0&&(W=C.clone(),I[q]=W,g.addEventListener("dispose",A)),C=W}if(C.visible=g.visible,C.wireframe=g.wireframe,N===Qi?C.side=g.shadowSide!==null?g.shadowSide:g.side:C.side=g.shadowSide!==null?g.shadowSide:p[g.side],C.alphaMap=g.alphaMap,C.alphaTest=g.alphaToCoverage===!0?.5:g.alphaTest,C.map=g.map,C.clipShadows=g.clipShadows,C.clippingPlanes=g.clippingPlanes,C.clipIntersection=g.clipIntersection,C.displacementMap=g.displacementMap,C.displacementScale=g.displacementScale,C.displacementBias=g.displacementBias,C.wireframeLinewidth=g.wireframeLinewidth,C.linewidth=g.linewidth,b.isPointLight===!0&&C.isMeshDistanceMaterial===!0){let k=i.properties.get(C);k.light=b}return C}function M(T,g,b,N,C,D){if(T.visible===!1)return;if(T.layers.test(C)&&(T.isMesh||T.isLine||T.isPoints)&&(T.castShadow||T.receiveShadow&&D===Qi)&&(!T.frustumCulled||T.intersectsFrustum(n))){T.modelViewMatrix.multiplyMatrices(b.matrixWorldInverse,T.matrixWorld);let I=e.update(T),W=T.material;if(Array.isArray(W)){let J=I.groups;for(let V=0,te=J.length;V<te;V++){let H=J[V],Q=W[H.materialIndex];if(Q&&Q.visible){let $=E(T,Q,N,D);T.onBeforeShadow(i,T,g,b,I,$,H),i.renderBufferDirect(b,null,I,$,T,H),T.onAfterShadow(i,T,g,b,I,$,H)}}}else if(W.visible){let J=E(T,W,N,D);T.onBeforeShadow(i,T,g,b,I,J,null),i.renderBufferDirect(b,null,I,J,T,null),T.onAfterShadow(i,T,g,b,I,J,null)}}let q=T.children;for(let I=0,W=q.length;I<W;I++)M(q[I],g,b,N,C,D)}function A(T){T.target.removeEventListener("dispose",A);for(let b in c){let N=c[b],C=T.target.uuid;C in N&&(N[C].dispose(),delete N[C])}}}function Sy(i,e){function t(){let R=!1,K=new ot,G=null,ae=new ot(0,0,0,0);return{setMask:function(ie){G!==ie&&!R&&(i.colorMask(ie,ie,ie,ie),G=ie)},setLocked:function(ie){R=ie},setClear:function(ie,re,Me,Be,ne){ne===!0&&(ie*=Be,re*=Be,Me*=Be),K.set(ie,re,Me,Be),ae.equals(K)===!1&&(i.clearColor(ie,re,Me,Be),ae.copy(K))},reset:function(){R=!1,G=null,ae.set(-1,0,0,0)}}}function n(){let R=!1,K=!1,G=null,ae=null,ie=null;return{setReversed:function(re){if(K!==re){let Me=e.get("EXT_clip_control");re?Me.clipControlEXT(Me.LOWER_LEFT_EXT,Me.ZERO_TO_ONE_EXT):Me.clipControlEXT(Me.LOWER_LEFT_EXT,Me.NEGATIVE_ONE_TO_ONE_EXT),K=re;let Be=ie;ie=null,this.setClear(Be)}},getReversed:function(){return K},setTest:function(re){re?me(i.DEPTH_TEST):Ne(i.DEPTH_TEST)},setMask:function(re){G!==re&&!R&&(i.depthMask(re),G=re)},setFunc:function(re){if(K&&(re=au[re]),ae!==re){switch(re){case Gr:i.depthFunc(i.NEVER);break;case Hr:i.depthFunc(i.ALWAYS);break;case Wr:i.depthFunc(i.LESS);break;case ki:i.depthFunc(i.LEQUAL);break;case Xr:i.depthFunc(i.EQUAL);break;case qr:i.depthFunc(i.GEQUAL);break;case Yr:i.depthFunc(i.GREATER);break;case Zr:i.depthFunc(i.NOTEQUAL);break;default:i.depthFunc(i.LEQUAL)}ae=re}},setLocked:function(re){R=re},setClear:function(re){ie!==re&&(ie=re,K&&(re=1-re),i.clearDepth(re))},reset:function(){R=!1,G=null,ae=null,ie=null,K=!1}}}function s(){let R=!1,K=null,G=null,ae=null,ie=null,re=null,Me=null,Be=null,ne=null;return{setTest:function(we){R||(we?me(i.STENCIL_TEST):Ne(i.STENCIL_TEST))},setMask:function(we){K!==we&&!R&&(i.stencilMask(we),K=we)},setFunc:function(we,Oe,de){(G!==we||ae!==Oe||ie!==de)&&(i.stencilFunc(we,Oe,de),G=we,ae=Oe,ie=de)},setOp:function(we,Oe,de){(re!==we||Me!==Oe||Be!==de)&&(i.stencilOp(we,Oe,de),re=we,Me=Oe,Be=de)},setLocked:function(we){R=we},setClear:function(we){ne!==we&&(i.clearStencil(we),ne=we)},reset:function(){R=!1,K=null,G=null,ae=null,ie=null,re=null,Me=null,Be=null,ne=null}}}let r=new t,o=new n,a=new s,l={},c=new WeakMap,h={},p={},u={},f=new WeakMap,x=[],S=null,m=!1,d=null,_=null,E=null,M=null,A=null,T=null,g=null,b=new Fe(0,0,0),N=0,C=!1,D=null,k=null,q=null,I=null,W=null,J=i.getParameter(i.MAX_COMBINED_TEXTURE_IMAGE_UNITS),V=!1,te=0,H=i.getParameter(i.VERSION);H.indexOf("WebGL")!==-1?(te=parseFloat(/^WebGL (\d)/.exec(H)[1]),V=te>=1):H.indexOf("OpenGL ES")!==-1&&(te=parseFloat(/^OpenGL ES (\d)/.exec(H)[1]),V=te>=2);let Q=null,$={},Se=i.getParameter(i.SCISSOR_BOX),Ue=i.getParameter(i.VIEWPORT),Z=new ot().fromArray(Se),pe=new ot().fromArray(Ue);function xe(R,K,G,ae){let ie=new Uint8Array(4),re=i.createTexture();i.bindTexture(R,re),i.texParameteri(R,i.TEXTURE_MIN_FILTER,i.NEAREST),i.texParameteri(R,i.TEXTURE_MAG_FILTER,i.NEAREST);for(let Me=0;Me<G;Me++)R===i.TEXTURE_3D||R===i.TEXTURE_2D_ARRAY?i.texImage3D(K,0,i.RGBA,1,1,ae,0,i.RGBA,i.UNSIGNED_BYTE,ie):i.texImage2D(K+Me,0,i.RGBA,1,1,0,i.RGBA,i.UNSIGNED_BYTE,ie);return re}let Ee={};Ee[i.TEXTURE_2D]=xe(i.TEXTURE_2D,i.TEXTURE_2D,1),Ee[i.TEXTURE_CUBE_MAP]=xe(i.TEXTURE_CUBE_MAP,i.TEXTURE_CUBE_MAP_POSITIVE_X,6),Ee[i.TEXTURE_2D_ARRAY]=xe(i.TEXTURE_2D_ARRAY,i.TEXTURE_2D_ARRAY,1,1),Ee[i.TEXTURE_3D]=xe(i.TEXTURE_3D,i.TEXTURE_3D,1,1),r.setClear(0,0,0,1),o.setClear(1),a.setClear(0),me(i.DEPTH_TEST),o.setFunc(ki),kt(!1),at(Ml),me(i.CULL_FACE),Mt(xi);function me(R){h[R]!==!0&&(i.enable(R),h[R]=!0)}function Ne(R){h[R]!==!1&&(i.disable(R),h[R]=!1)}function ct(R,K){return u[R]!==K?(i.bindFramebuffer(R,K),u[R]=K,R===i.DRAW_FRAMEBUFFER&&(u[i.FRAMEBUFFER]=K),R===i.FRAMEBUFFER&&(u[i.DRAW_FRAMEBUFFER]=K),!0):!1}function Ce(R,K){let G=x,ae=!1;if(R){G=f.get(K),G===void 0&&(G=[],f.set(K,G));let ie=R.textures;if(G.length!==ie.length||G[0]!==i.COLOR_ATTACHMENT0){for(let re=0,Me=ie.length;re<Me;re++)G[re]=i.COLOR_ATTACHMENT0+re;G.length=ie.length,ae=!0}}else G[0]!==i.BACK&&(G[0]=i.BACK,ae=!0);ae&&i.drawBuffers(G)}function Je(R){return S!==R?(i.useProgram(R),S=R,!0):!1}let $e={[vi]:i.FUNC_ADD,[Ch]:i.FUNC_SUBTRACT,[Ph]:i.FUNC_REVERSE_SUBTRACT};$e[Ih]=i.MIN,$e[Lh]=i.MAX;let Ve={[Uh]:i.ZERO,[Dh]:i.ONE,[Nh]:i.SRC_COLOR,[Al]:i.SRC_ALPHA,[Vh]:i.SRC_ALPHA_SATURATE,[kh]:i.DST_COLOR,[Oh]:i.DST_ALPHA,[Fh]:i.ONE_MINUS_SRC_COLOR,[Rl]:i.ONE_MINUS_SRC_ALPHA,[zh]:i.ONE_MINUS_DST_COLOR,[Bh]:i.ONE_MINUS_DST_ALPHA,[Gh]:i.CONSTANT_COLOR,[Hh]:i.ONE_MINUS_CONSTANT_COLOR,[Wh]:i.CONSTANT_ALPHA,[Xh]:i.ONE_MINUS_CONSTANT_ALPHA};function Mt(R,K,G,ae,ie,re,Me,Be,ne,we){if(R===xi){m===!0&&(Ne(i.BLEND),m=!1);return}if(m===!1&&(me(i.BLEND),m=!0),R!==Rh){if(R!==d||we!==C){if((_!==vi||A!==vi)&&(i.blendEquation(i.FUNC_ADD),_=vi,A=vi),we)switch(R){case $i:i.blendFuncSeparate(i.ONE,i.ONE_MINUS_SRC_ALPHA,i.ONE,i.ONE_MINUS_SRC_ALPHA);break;case wl:i.blendFunc(i.ONE,i.ONE);break;case Tl:i.blendFuncSeparate(i.ZERO,i.ONE_MINUS_SRC_COLOR,i.ZERO,i.ONE);break;case El:i.blendFuncSeparate(i.DST_COLOR,i.ONE_MINUS_SRC_ALPHA,i.ZERO,i.ONE);break;default:Pe("WebGLState: Invalid blending: ",R);break}else switch(R){case $i:i.blendFuncSeparate(i.SRC_ALPHA,i.ONE_MINUS_SRC_ALPHA,i.ONE,i.ONE_MINUS_SRC_ALPHA);break;case wl:i.blendFuncSeparate(i.SRC_ALPHA,i.ONE,i.ONE,i.ONE);break;case Tl:Pe("WebGLState: SubtractiveBlending requires material.premultipliedAlpha = true");break;case El:Pe("WebGLState: MultiplyBlending requires material.premultipliedAlpha = true");break;default:Pe("WebGLState: Invalid blending: ",R);break}E=null,M=null,T=null,g=null,b.set(0,0,0),N=0,d=R,C=we}return}ie=ie||K,re=re||G,Me=Me||ae,(K!==_||ie!==A)&&(i.blendEquationSeparate($e[K],$e[ie]),_=K,A=ie),(G!==E||ae!==M||re!==T||Me!==g)&&(i.blendFuncSeparate(Ve[G],Ve[ae],Ve[re],Ve[Me]),E=G,M=ae,T=re,g=Me),(Be.equals(b)===!1||ne!==N)&&(i.blendColor(Be.r,Be.g,Be.b,ne),b.copy(Be),N=ne),d=R,C=!1}function dt(R,K){R.side===Mn?Ne(i.CULL_FACE):me(i.CULL_FACE);let G=R.side===Et;K&&(G=!G),kt(G),R.blending===$i&&R.transparent===!1?Mt(xi):Mt(R.blending,R.blendEquation,R.blendSrc,R.blendDst,R.blendEquationAlpha,R.blendSrcAlpha,R.blendDstAlpha,R.blendColor,R.blendAlpha,R.premultipliedAlpha),o.setFunc(R.depthFunc),o.setTest(R.depthTest),o.setMask(R.depthWrite),r.setMask(R.colorWrite);let ae=R.stencilWrite;a.setTest(ae),ae&&(a.setMask(R.stencilWriteMask),a.setFunc(R.stencilFunc,R.stencilRef,R.stencilFuncMask),a.setOp(R.stencilFail,R.stencilZFail,R.stencilZPass)),yt(R.polygonOffset,R.polygonOffsetFactor,R.polygonOffsetUnits),R.alphaToCoverage===!0?me(i.SAMPLE_ALPHA_TO_COVERAGE):Ne(i.SAMPLE_ALPHA_TO_COVERAGE)}function kt(R){D!==R&&(R?i.frontFace(i.CW):i.frontFace(i.CCW),D=R)}function at(R){R!==Th?(me(i.CULL_FACE),R!==k&&(R===Ml?i.cullFace(i.BACK):R===Eh?i.cullFace(i.FRONT):i.cullFace(i.FRONT_AND_BACK))):Ne(i.CULL_FACE),k=R}function gn(R){R!==q&&(V&&i.lineWidth(R),q=R)}function yt(R,K,G){R?(me(i.POLYGON_OFFSET_FILL),(I!==K||W!==G)&&(I=K,W=G,o.getReversed()&&(K=-K,G=-G),i.polygonOffset(K,G))):Ne(i.POLYGON_OFFSET_FILL)}function jt(R){R?me(i.SCISSOR_TEST):Ne(i.SCISSOR_TEST)}function Qt(R){R===void 0&&(R=i.TEXTURE0+J-1),Q!==R&&(i.activeTexture(R),Q=R)}function $t(R,K,G){G===void 0&&(Q===null?G=i.TEXTURE0+J-1:G=Q);let ae=$[G];ae===void 0&&(ae={type:void 0,texture:void 0},$[G]=ae),(ae.type!==R||ae.texture!==K)&&(Q!==G&&(i.activeTexture(G),Q=G),i.bindTexture(R,K||Ee[R]),ae.type=R,ae.texture=K)}function L(){let R=$[Q];R!==void 0&&R.type!==void 0&&(i.bindTexture(R.type,null),R.type=void 0,R.texture=void 0)}function en(){try{i.compressedTexImage2D(...arguments)}catch(R){Pe("WebGLState:",R)}}function it(){try{i.compressedTexImage3D(...arguments)}catch(R){Pe("WebGLState:",R)}}function st(){try{i.texSubImage2D(...arguments)}catch(R){Pe("WebGLState:",R)}}function ue(){try{i.texSubImage3D(...arguments)}catch(R){Pe("WebGLState:",R)}}function ft(){try{i.compressedTexSubImage2D(...arguments)}catch(R){Pe("WebGLState:",R)}}function Ae(){try{i.compressedTexSubImage3D(...arguments)}catch(R){Pe("WebGLState:",R)}}function Le(){try{i.texStorage2D(...arguments)}catch(R){Pe("WebGLState:",R)}}function w(){try{i.texStorage3D(...arguments)}catch(R){Pe("WebGLState:",R)}}function y(){try{i.texImage2D(...arguments)}catch(R){Pe("WebGLState:",R)}}function O(){try{i.texImage3D(...arguments)}catch(R){Pe("WebGLState:",R)}}function ee(R){return p[R]!==void 0?p[R]:i.getParameter(R)}function j(R,K){p[R]!==K&&(i.pixelStorei(R,K),p[R]=K)}function se(R){Z.equals(R)===!1&&(i.scissor(R.x,R.y,R.z,R.w),Z.copy(R))}function ce(R){pe.equals(R)===!1&&(i.viewport(R.x,R.y,R.z,R.w),pe.copy(R))}function X(R,K){let G=c.get(K);G===void 0&&(G=new WeakMap,c.set(K,G));let ae=G.get(R);ae===void 0&&(ae=i.getUniformBlockIndex(K,R.name),i.uniformBlockBinding(K,ae,ae),G.set(R,ae))}function Y(R,K,G){let ie=c.get(K).get(R);l[ie]!==G&&(i.bindBufferBase(i.UNIFORM_BUFFER,ie,G),l[ie]=G)}function oe(){i.disable(i.BLEND),i.disable(i.CULL_FACE),i.disable(i.DEPTH_TEST),i.disable(i.POLYGON_OFFSET_FILL),i.disable(i.SCISSOR_TEST),i.disable(i.STENCIL_TEST),i.disable(i.SAMPLE_ALPHA_TO_COVERAGE),i.blendEquation(i.FUNC_ADD),i.blendFunc(i.ONE,i.ZERO),i.blendFuncSeparate(i.ONE,i.ZERO,i.ONE,i.ZERO),i.blendColor(0,0,0,0),i.colorMask(!0,!0,!0,!0),i.clearColor(0,0,0,0),i.depthMask(!0),i.depthFunc(i.LESS),o.setReversed(!1),i.clearDepth(1),i.stencilMask(4294967295),i.stencilFunc(i.ALWAYS,0,4294967295),i.stencilOp(i.KEEP,i.KEEP,i.KEEP),i.clearStencil(0),i.cullFace(i.BACK),i.frontFace(i.CCW),i.polygonOffset(0,0),i.activeTexture(i.TEXTURE0),i.bindFramebuffer(i.FRAMEBUFFER,null),i.bindFramebuffer(i.DRAW_FRAMEBUFFER,null),i.bindFramebuffer(i.READ_FRAMEBUFFER,null),i.useProgram(null),i.lineWidth(1),i.scissor(0,0,i.canvas.width,i.canvas.height),i.viewport(0,0,i.canvas.width,i.canvas.height),i.pixelStorei(i.PACK_ALIGNMENT,4),i.pixelStorei(i.UNPACK_ALIGNMENT,4),i.pixelStorei(i.UNPACK_FLIP_Y_WEBGL,!1),i.pixelStorei(i.UNPACK_PREMULTIPLY_ALPHA_WEBGL,!1),i.pixelStorei(i.UNPACK_COLORSPACE_CONVERSION_WEBGL,i.BROWSER_DEFAULT_WEBGL),i.pixelStorei(i.PACK_ROW_LENGTH,0),i.pixelStorei(i.PACK_SKIP_PIXELS,0),i.pixelStorei(i.PACK_SKIP_ROWS,0),i.pixelStorei(i.UNPACK_ROW_LENGTH,0),i.pixelStorei(i.UNPACK_IMAGE_HEIGHT,0),i.pixelStorei(i.UNPACK_SKIP_PIXELS,0),i.pixelStorei(i.UNPACK_SKIP_ROWS,0),i.pixelStorei(i.UNPACK_SKIP_IMAGES,0),h={},p={},Q=null,$={},u={},l={},f=new WeakMap,x=[],S=null,m=!1,d=null,_=null,E=null,M=null,A=null,T=null,g=null,b=new Fe(0,0,0),N=0,C=!1,D=null,k=null,q=null,I=null,W=null,Z.set(0,0,i.canvas.width,i.canvas.height),pe.set(0,0,i.canvas.width,i.canvas.height),r.reset(),o.reset(),a.reset()}return{buffers:{color:r,depth:o,stencil:a},enable:me,disable:Ne,bindFramebuffer:ct,drawBuffers:Ce,useProgram:Je,setBlending:Mt,setMaterial:dt,setFlipSided:kt,setCullFace:at,setLineWidth:gn,setPolygonOffset:yt,setScissorTest:jt,activeTexture:Qt,bindTexture:$t,unbindTexture:L,compressedTexImage2D:en,compressedTexImage3D:it,texImage2D:y,texImage3D:O,pixelStorei:j,getParameter:ee,updateUBOMapping:X,uniformBlockBinding:Y,texStorage2D:Le,texStorage3D:w,texSubImage2D:st,texSubImage3D:ue,compressedTexSubImage2D:ft,compressedTexSubImage3D:Ae,scissor:se,viewport:ce,reset:oe}}function by(i,e,t,n,s,r,o){let a=e.has("WEBGL_multisampled_render_to_texture")?e.get("WEBGL_multisampled_render_to_texture"):null,l=typeof navigator>"u"?!1:/OculusBrowser/g.test(navigator.userAgent),c=new Te,h=new WeakMap,p=new Set,u,f=new WeakMap,x=new Set,S=new FinalizationRegistry(w=>x.delete(w)),m=!1;try{m=typeof OffscreenCanvas<"u"&&new OffscreenCanvas(1,1).getContext("2d")!==null}catch{}function d(w,y){return m?new OffscreenCanvas(w,y):ws("canvas")}function _(w,y,O){let ee=1,j=Le(w);if((j.width>O||j.height>O)&&(ee=O/Math.max(j.width,j.height)),ee<1)if(typeof HTMLImageElement<"u"&&w instanceof HTMLImageElement||typeof HTMLCanvasElement<"u"&&w instanceof HTMLCanvasElement||typeof ImageBitmap<"u"&&w instanceof ImageBitmap||typeof VideoFrame<"u"&&w instanceof VideoFrame){let se=Math.floor(ee*j.width),ce=Math.floor(ee*j.height);u===void 0&&(u=d(se,ce));let X=y?d(se,ce):u;return X.width=se,X.height=ce,X.getContext("2d").drawImage(w,0,0,se,ce),Re("WebGLRenderer: Texture has been resized from ("+j.width+"x"+j.height+") to ("+se+"x"+ce+")."),X}else return"data"in w&&Re("WebGLRenderer: Image in DataTexture is too big ("+j.width+"x"+j.height+")."),w;return w}function E(w){return w.generateMipmaps}function M(w){i.generateMipmap(w)}function A(w){return w.isWebGLCubeRenderTarget?i.TEXTURE_CUBE_MAP:w.isWebGL3DRenderTarget?i.TEXTURE_3D:w.isWebGLArrayRenderTarget||w.isCompressedArrayTexture?i.TEXTURE_2D_ARRAY:i.TEXTURE_2D}function T(w,y,O,ee,j,se=!1){if(w!==null){if(i[w]!==void 0)return i[w];Re("WebGLRenderer: Attempt to use non-existing WebGL internal format '"+w+"'")}let ce;ee&&(ce=e.get("EXT_texture_norm16"),ce||Re("WebGLRenderer: Unable to use normalized textures without EXT_texture_norm16 extension"));let X=y;if(y===i.RED&&(O===i.FLOAT&&(X=i.R32F),O===i.HALF_FLOAT&&(X=i.R16F),O===i.UNSIGNED_BYTE&&(X=i.R8),O===i.UNSIGNED_SHORT&&ce&&(X=ce.R16_EXT),O===i.SHORT&&ce&&(X=ce.R16_SNORM_EXT)),y===i.RED_INTEGER&&(O===i.UNSIGNED_BYTE&&(X=i.R8UI),O===i.UNSIGNED_SHORT&&(X=i.R16UI),O===i.UNSIGNED_INT&&(X=i.R32UI),O===i.BYTE&&(X=i.R8I),O===i.SHORT&&(X=i.R16I),O===i.INT&&(X=i.R32I)),y===i.RG&&(O===i.FLOAT&&(X=i.RG32F),O===i.HALF_FLOAT&&(X=i.RG16F),O===i.UNSIGNED_BYTE&&(X=i.RG8),O===i.UNSIGNED_SHORT&&ce&&(X=ce.RG16_EXT),O===i.SHORT&&ce&&(X=ce.RG16_SNORM_EXT)),y===i.RG_INTEGER&&(O===i.UNSIGNED_BYTE&&(X=i.RG8UI),O===i.UNSIGNED_SHORT&&(X=i.RG16UI),O===i.UNSIGNED_INT&&(X=i.RG32UI),O===i.BYTE&&(X=i.RG8I),O===i.SHORT&&(X=i.RG16I),O===i.INT&&(X=i.RG32I)),y===i.RGB_INTEGER&&(O===i.UNSIGNED_BYTE&&(X=i.RGB8UI),O===i.UNSIGNED_SHORT&&(X=i.RGB16UI),O===i.UNSIGNED_INT&&(X=i.RGB32UI),O===i.BYTE&&(X=i.RGB8I),O===i.SHORT&&(X=i.RGB16I),O===i.INT&&(X=i.RGB32I)),y===i.RGBA_INTEGER&&(O===i.UNSIGNED_BYTE&&(X=i.RGBA8UI),O===i.UNSIGNED_SHORT&&(X=i.RGBA16UI),O===i.UNSIGNED_INT&&(X=i.RGBA32UI),O===i.BYTE&&(X=i.RGBA8I),O===i.SHORT&&(X=i.RGBA16I),O===i.INT&&(X=i.RGBA32I)),y===i.RGB&&(O===i.UNSIGNED_SHORT&&ce&&(X=ce.RGB16_EXT),O===i.SHORT&&ce&&(X=ce.RGB16_SNORM_EXT),O===i.UNSIGNED_INT_5_9_9_9_REV&&(X=i.RGB9_E5),O===i.UNSIGNED_INT_10F_11F_11F_REV&&(X=i.R11F_G11F_B10F)),y===i.RGBA){let Y=se?Ms:We.getTransfer(j);O===i.FLOAT&&(X=i.RGBA32F),O===i.HALF_FLOAT&&(X=i.RGBA16F),O===i.UNSIGNED_BYTE&&(X=Y===Ke?i.SRGB8_ALPHA8:i.RGBA8),O===i.UNSIGNED_SHORT&&ce&&(X=ce.RGBA16_EXT),O===i.SHORT&&ce&&(X=ce.RGBA16_SNORM_EXT),O===i.UNSIGNED_SHORT_4_4_4_4&&(X=i.RGBA4),O===i.UNSIGNED_SHORT_5_5_5_1&&(X=i.RGB5_A1)}return(X===i.R16F||X===i.R32F||X===i.RG16F||X===i.RG32F||X===i.RGBA16F||X===i.RGBA32F)&&e.get("EXT_color_buffer_float"),X}function g(w,y){let O;return w?y===null||y===dn||y===Si?O=i.DEPTH24_STENCIL8:y===rn?O=i.DEPTH32F_STENCIL8:y===ts&&(O=i.DEPTH24_STENCIL8,Re("DepthTexture: 16 bit depth attachment is not supported with stencil. Using 24-bit attachment.")):y===null||y===dn||y===Si?O=i.DEPTH_COMPONENT24:y===rn?O=i.DEPTH_COMPONENT32F:y===ts&&(O=i.DEPTH_COMPONENT16),O}function b(w,y){return E(w)===!0||w.isFramebufferTexture&&w.minFilter!==St&&w.minFilter!==Ot?Math.log2(Math.max(y.width,y.height))+1:w.mipmaps.length>0?w.mipmaps.length:w.isCompressedTexture&&Array.isArray(w.image)?y.mipmaps.length:1}function N(w){let y=new WeakRef(w);n.get(w).__ref=y,x.add(y),S.register(w,y,y)}function C(w){let y=n.get(w).__ref;y!==void 0&&(x.delete(y),S.unregister(y))}function D(w){q(w.target)}function k(w){I(w.target)}function q(w){w.removeEventListener("dispose",D),C(w),J(w),w.isVideoTexture&&h.delete(w),w.isHTMLTexture&&p.delete(w)}function I(w){w.removeEventListener("dispose",k),C(w),te(w)}function W(){for(let w of x){let y=w.deref();y!==void 0&&(y.isRenderTarget===!0?I(y):q(y))}x.clear(),p.clear()}function J(w){let y=n.get(w);if(y.__webglInit===void 0)return;let O=w.source,ee=f.get(O);if(ee){let j=ee[y.__cacheKey];j.usedTimes--,j.usedTimes===0&&V(w),Object.keys(ee).length===0&&f.delete(O)}n.remove(w)}function V(w){let y=n.get(w);i.deleteTexture(y.__webglTexture);let O=w.source,ee=f.get(O);delete ee[y.__cacheKey],o.memory.textures--}function te(w){let y=n.get(w);y.__depthDisposeCallback&&y.__depthDisposeCallback();let O=w.depthTexture;if(O&&O.renderTarget===w&&q(O),w.isWebGLCubeRenderTarget)for(let j=0;j<6;j++){if(Array.isArray(y.__webglFramebuffer[j]))for(let se=0;se<y.__webglFramebuffer[j].length;se++)i.deleteFramebuffer(y.__webglFramebuffer[j][se]);else i.deleteFramebuffer(y.__webglFramebuffer[j]);y.__webglDepthbuffer&&i.deleteRenderbuffer(y.__webglDepthbuffer[j])}else{if(Array.isArray(y.__webglFramebuffer))for(let j=0;j<y.__webglFramebuffer.length;j++)i.deleteFramebuffer(y.__webglFramebuffer[j]);else i.deleteFramebuffer(y.__webglFramebuffer);if(y.__webglDepthbuffer&&i.deleteRenderbuffer(y.__webglDepthbuffer),y.__webglMultisampledFramebuffer&&i.deleteFramebuffer(y.__webglMultisampledFramebuffer),y.__webglColorRenderbuffer)for(let j=0;j<y.__webglColorRenderbuffer.length;j++)y.__webglColorRenderbuffer[j]&&i.deleteRenderbuffer(y.__webglColorRenderbuffer[j]);y.__webglDepthRenderbuffer&&i.deleteRenderbuffer(y.__webglDepthRenderbuffer)}let ee=w.textures;for(let j=0,se=ee.length;j<se;j++){let ce=n.get(ee[j]);ce.__webglTexture&&(i.deleteTexture(ce.__webglTexture),o.memory.textures--),n.remove(ee[j])}n.remove(w)}let H=0;function Q(){H=0}function $(){return H}function Se(w){H=w}function Ue(){let w=H;return w>=s.maxTextures&&Re("WebGLTextures: Trying to use "+(w+1)+" texture units while this GPU supports only "+s.maxTextures),H+=1,w}function Z(w){let y=[];return y.push(w.wrapS),y.push(w.wrapT),y.push(w.wrapR||0),y.push(w.magFilter),y.push(w.minFilter),y.push(w.anisotropy),y.push(w.internalFormat),y.push(w.format),y.push(w.type),y.push(w.generateMipmaps),y.push(w.mipmapsAutoUpdate),y.push(w.premultiplyAlpha),y.push(w.flipY),y.push(w.unpackAlignment),y.push(w.colorSpace),y.join()}function pe(w,y){let O=n.get(w);if(w.isVideoTexture&&ft(w),w.isRenderTargetTexture===!1&&w.isExternalTexture!==!0&&w.version>0&&O.__version!==w.version){let ee=w.image;if(ee===null)Re("WebGLRenderer: Texture marked for update but no image data found.");else if(ee.complete===!1)Re("WebGLRenderer: Texture marked for update but image is incomplete");else{dt(O,w,y);return}}else w.isExternalTexture&&(O.__webglTexture=w.sourceTexture?w.sourceTexture:null);t.bindTexture(i.TEXTURE_2D,O.__webglTexture,i.TEXTURE0+y)}function xe(w,y){let O=n.get(w);if(w.isRenderTargetTexture===!1&&w.version>0&&O.__version!==w.version){dt(O,w,y);return}else w.isExternalTexture&&(O.__webglTexture=w.sourceTexture?w.sourceTexture:null);t.bindTexture(i.TEXTURE_2D_ARRAY,O.__webglTexture,i.TEXTURE0+y)}function Ee(w,y){let O=n.get(w);if(w.isRenderTargetTexture===!1&&w.version>0&&O.__version!==w.version){dt(O,w,y);return}t.bindTexture(i.TEXTURE_3D,O.__webglTexture,i.TEXTURE0+y)}function me(w,y){let O=n.get(w);if(w.version>0&&O.__version!==w.version){kt(O,w,y);return}t.bindTexture(i.TEXTURE_CUBE_MAP,O.__webglTexture,i.TEXTURE0+y)}let Ne={[Kr]:i.REPEAT,[xn]:i.CLAMP_TO_EDGE,[Jr]:i.MIRRORED_REPEAT},ct={[St]:i.NEAREST,[Zh]:i.NEAREST_MIPMAP_NEAREST,[Ys]:i.NEAREST_MIPMAP_LINEAR,[Ot]:i.LINEAR,[bo]:i.LINEAR_MIPMAP_NEAREST,[kn]:i.LINEAR_MIPMAP_LINEAR},Ce={[Qh]:i.NEVER,[Wl]:i.ALWAYS,[$h]:i.LESS,[Gl]:i.LEQUAL,[eu]:i.EQUAL,[Hl]:i.GEQUAL,[tu]:i.GREATER,[nu]:i.NOTEQUAL};function Je(w,y){if(y.type===rn&&e.has("OES_texture_float_linear")===!1&&(y.magFilter===Ot||y.magFilter===bo||y.magFilter===Ys||y.magFilter===kn||y.minFilter===Ot||y.minFilter===bo||y.minFilter===Ys||y.minFilter===kn)&&Re("WebGLRenderer: Unable to use linear filtering with floating point textures. OES_texture_float_linear not supported on this device."),i.texParameteri(w,i.TEXTURE_WRAP_S,Ne[y.wrapS]),i.texParameteri(w,i.TEXTURE_WRAP_T,Ne[y.wrapT]),(w===i.TEXTURE_3D||w===i.TEXTURE_2D_ARRAY)&&i.texParameteri(w,i.TEXTURE_WRAP_R,Ne[y.wrapR]),i.texParameteri(w,i.TEXTURE_MAG_FILTER,ct[y.magFilter]),i.texParameteri(w,i.TEXTURE_MIN_FILTER,ct[y.minFilter]),y.compareFunction&&(i.texParameteri(w,i.TEXTURE_COMPARE_MODE,i.COMPARE_REF_TO_TEXTURE),i.texParameteri(w,i.TEXTURE_COMPARE_FUNC,Ce[y.compareFunction])),e.has("EXT_texture_filter_anisotropic")===!0){if(y.magFilter===St||y.minFilter!==Ys&&y.minFilter!==kn||y.type===rn&&e.has("OES_texture_float_linear")===!1)return;if(y.anisotropy>1||n.get(y).__currentAnisotropy){let O=e.get("EXT_texture_filter_anisotropic");i.texParameterf(w,O.TEXTURE_MAX_ANISOTROPY_EXT,Math.min(y.anisotropy,s.getMaxAnisotropy())),n.get(y).__currentAnisotropy=y.anisotropy}}}function $e(w,y){let O=!1;w.__webglInit===void 0&&(w.__webglInit=!0,y.addEventListener("dispose",D),N(y));let ee=y.source,j=f.get(ee);j===void 0&&(j={},f.set(ee,j));let se=Z(y);if(se!==w.__cacheKey){j[se]===void 0&&(j[se]={texture:i.createTexture(),usedTimes:0},o.memory.textures++,O=!0),j[se].usedTimes++;let ce=j[w.__cacheKey];ce!==void 0&&(j[w.__cacheKey].usedTimes--,ce.usedTimes===0&&V(y)),w.__cacheKey=se,w.__webglTexture=j[se].texture}return O}function Ve(w,y,O){return Math.floor(Math.floor(w/O)/y)}function Mt(w,y,O,ee){let se=w.updateRanges;if(se.length===0)t.texSubImage2D(i.TEXTURE_2D,0,0,0,y.width,y.height,O,ee,y.data);else{se.sort((R,K)=>R.start-K.start);let ce=0;for(let R=1;R<se.length;R++){let K=se[ce],G=se[R],ae=K.start+K.count,ie=Ve(G.start,y.width,4),re=Ve(K.start,y.width,4);G.start<=ae+1&&ie===re&&Ve(G.start+G.count-1,y.width,4)===ie?K.count=Math.max(K.count,G.start+G.count-K.start):(++ce,se[ce]=G)}se.length=ce+1;let X=t.getParameter(i.UNPACK_ROW_LENGTH),Y=t.getParameter(i.UNPACK_SKIP_PIXELS),oe=t.getParameter(i.UNPACK_SKIP_ROWS);t.pixelStorei(i.UNPACK_ROW_LENGTH,y.width);for(let R=0,K=se.length;R<K;R++){let G=se[R],ae=Math.floor(G.start/4),ie=Math.ceil(G.count/4),re=ae%y.width,Me=Math.floor(ae/y.width),Be=ie,ne=1;t.pixelStorei(i.UNPACK_SKIP_PIXELS,re),t.pixelStorei(i.UNPACK_SKIP_ROWS,Me),t.texSubImage2D(i.TEXTURE_2D,0,re,Me,Be,ne,O,ee,y.data)}w.clearUpdateRanges(),t.pixelStorei(i.UNPACK_ROW_LENGTH,X),t.pixelStorei(i.UNPACK_SKIP_PIXELS,Y),t.pixelStorei(i.UNPACK_SKIP_ROWS,oe)}}function dt(w,y,O){let ee=i.TEXTURE_2D;(y.isDataArrayTexture||y.isCompressedArrayTexture)&&(ee=i.TEXTURE_2D_ARRAY),y.isData3DTexture&&(ee=i.TEXTURE_3D);let j=$e(w,y),se=y.source;t.bindTexture(ee,w.__webglTexture,i.TEXTURE0+O);let ce=n.get(se);if(se.version!==ce.__version||j===!0){if(t.activeTexture(i.TEXTURE0+O),(typeof ImageBitmap<"u"&&y.image instanceof ImageBitmap)===!1){let ne=We.getPrimaries(We.workingColorSpace),we=y.colorSpace===Vn?null:We.getPrimaries(y.colorSpace),Oe=y.colorSpace===Vn||ne===we?i.NONE:i.BROWSER_DEFAULT_WEBGL;t.pixelStorei(i.UNPACK_FLIP_Y_WEBGL,y.flipY),t.pixelStorei(i.UNPACK_PREMULTIPLY_ALPHA_WEBGL,y.premultiplyAlpha),t.pixelStorei(i.UNPACK_COLORSPACE_CONVERSION_WEBGL,Oe)}t.pixelStorei(i.UNPACK_ALIGNMENT,y.unpackAlignment);let Y=_(y.image,!1,s.maxTextureSize);Y=Ae(y,Y);let oe=r.convert(y.format,y.colorSpace),R=r.convert(y.type),K=T(y.internalFormat,oe,R,y.normalized,y.colorSpace,y.isVideoTexture);Je(ee,y);let G,ae=y.mipmaps,ie=y.isVideoTexture!==!0,re=ce.__version===void 0||j===!0,Me=se.dataReady,Be=b(y,Y);if(y.isDepthTexture)K=g(y.format===zn,y.type),re&&(ie?t.texStorage2D(i.TEXTURE_2D,1,K,Y.width,Y.height):t.texImage2D(i.TEXTURE_2D,0,K,Y.width,Y.height,0,oe,R,null));else if(y.isDataTexture)if(ae.length>0){ie&&re&&t.texStorage2D(i.TEXTURE_2D,Be,K,ae[0].width,ae[0].height);for(let ne=0,we=ae.length;ne<we;ne++)G=ae[ne],ie?Me&&t.texSubImage2D(i.TEXTURE_2D,ne,0,0,G.width,G.height,oe,R,G.data):t.texImage2D(i.TEXTURE_2D,ne,K,G.width,G.height,0,oe,R,G.data);y.generateMipmaps=!1}else ie?(re&&t.texStorage2D(i.TEXTURE_2D,Be,K,Y.width,Y.height),Me&&Mt(y,Y,oe,R)):t.texImage2D(i.TEXTURE_2D,0,K,Y.width,Y.height,0,oe,R,Y.data);else if(y.isCompressedTexture)if(y.isCompressedArrayTexture){ie&&re&&t.texStorage3D(i.TEXTURE_2D_ARRAY,Be,K,ae[0].width,ae[0].height,Y.depth);for(let ne=0,we=ae.length;ne<we;ne++)if(G=ae[ne],y.format!==pn)if(oe!==null)if(ie){if(Me)if(y.layerUpdates.size>0){let Oe=tc(G.width,G.height,y.format,y.type);for(let de of y.layerUpdates){let je=G.data.subarray(de*Oe/G.data.BYTES_PER_ELEMENT,(de+1)*Oe/G.data.BYTES_PER_ELEMENT);t.compressedTexSubImage3D(i.TEXTURE_2D_ARRAY,ne,0,0,de,G.width,G.height,1,oe,je)}}else t.compressedTexSubImage3D(i.TEXTURE_2D_ARRAY,ne,0,0,0,G.width,G.height,Y.depth,oe,G.data)}else t.compressedTexImage3D(i.TEXTURE_2D_ARRAY,ne,K,G.width,G.height,Y.depth,0,G.data,0,0);else Re("WebGLRenderer: Attempt to load unsupported compressed texture format in .uploadTexture()");else ie?Me&&t.texSubImage3D(i.TEXTURE_2D_ARRAY,ne,0,0,0,G.width,G.height,Y.depth,oe,R,G.data):t.texImage3D(i.TEXTURE_2D_ARRAY,ne,K,G.width,G.height,Y.depth,0,oe,R,G.data);y.layerUpdates.size>0&&y.clearLayerUpdates()}else{ie&&re&&t.texStorage2D(i.TEXTURE_2D,Be,K,ae[0].width,ae[0].height);for(let ne=0,we=ae.length;ne<we;ne++)G=ae[ne],y.format!==pn?oe!==null?ie?Me&&t.compressedTexSubImage2D(i.TEXTURE_2D,ne,0,0,G.width,G.height,oe,G.data):t.compressedTexImage2D(i.TEXTURE_2D,ne,K,G.width,G.height,0,G.data):Re("WebGLRenderer: Attempt to load unsupported compressed texture format in .uploadTexture()"):ie?Me&&t.texSubImage2D(i.TEXTURE_2D,ne,0,0,G.width,G.height,oe,R,G.data):t.texImage2D(i.TEXTURE_2D,ne,K,G.width,G.height,0,oe,R,G.data)}else if(y.isDataArrayTexture)if(ie){if(re&&t.texStorage3D(i.TEXTURE_2D_ARRAY,Be,K,Y.width,Y.height,Y.depth),Me)if(y.layerUpdates.size>0){let ne=tc(Y.width,Y.height,y.format,y.type);for(let we of y.layerUpdates){let Oe=Y.data.subarray(we*ne/Y.data.BYTES_PER_ELEMENT,(we+1)*ne/Y.data.BYTES_PER_ELEMENT);t.texSubImage3D(i.TEXTURE_2D_ARRAY,0,0,0,we,Y.width,Y.height,1,oe,R,Oe)}y.clearLayerUpdates()}else t.texSubImage3D(i.TEXTURE_2D_ARRAY,0,0,0,0,Y.width,Y.height,Y.depth,oe,R,Y.data)}else t.texImage3D(i.TEXTURE_2D_ARRAY,0,K,Y.width,Y.height,Y.depth,0,oe,R,Y.data);else if(y.isData3DTexture)ie?(re&&t.texStorage3D(i.TEXTURE_3D,Be,K,Y.width,Y.height,Y.depth),Me&&t.texSubImage3D(i.TEXTURE_3D,0,0,0,0,Y.width,Y.height,Y.depth,oe,R,Y.data)):t.texImage3D(i.TEXTURE_3D,0,K,Y.width,Y.height,Y.depth,0,oe,R,Y.data);else if(y.isFramebufferTexture){if(re)if(ie)t.texStorage2D(i.TEXTURE_2D,Be,K,Y.width,Y.height);else{let ne=Y.width,we=Y.height;for(let Oe=0;Oe<Be;Oe++)t.texImage2D(i.TEXTURE_2D,Oe,K,ne,we,0,oe,R,null),ne>>=1,we>>=1}}else if(y.isHTMLTexture){if("texElementImage2D"in i){let ne=i.canvas;if(ne.hasAttribute("layoutsubtree")||ne.setAttribute("layoutsubtree","true"),Y.parentNode!==ne){ne.appendChild(Y),p.add(y),ne.onpaint=we=>{let Oe=we.changedElements;for(let de of p)Oe.includes(de.image)&&(de.needsUpdate=!0)},ne.requestPaint();return}if(i.texElementImage2D.length===3)i.texElementImage2D(i.TEXTURE_2D,i.RGBA8,Y);else{let Oe=i.RGBA,de=i.RGBA,je=i.UNSIGNED_BYTE;i.texElementImage2D(i.TEXTURE_2D,0,Oe,de,je,Y)}i.texParameteri(i.TEXTURE_2D,i.TEXTURE_MIN_FILTER,i.LINEAR),i.texParameteri(i.TEXTURE_2D,i.TEXTURE_WRAP_S,i.CLAMP_TO_EDGE),i.texParameteri(i.TEXTURE_2D,i.TEXTURE_WRAP_T,i.CLAMP_TO_EDGE)}}else if(ae.length>0){if(ie&&re){let ne=Le(ae[0]);t.texStorage2D(i.TEXTURE_2D,Be,K,ne.width,ne.height)}for(let ne=0,we=ae.length;ne<we;ne++)G=ae[ne],ie?Me&&t.texSubImage2D(i.TEXTURE_2D,ne,0,0,oe,R,G):t.texImage2D(i.TEXTURE_2D,ne,K,oe,R,G);y.generateMipmaps=!1}else if(ie){if(re){let ne=Le(Y);t.texStorage2D(i.TEXTURE_2D,Be,K,ne.width,ne.height)}Me&&t.texSubImage2D(i.TEXTURE_2D,0,0,0,oe,R,Y)}else t.texImage2D(i.TEXTURE_2D,0,K,oe,R,Y);E(y)&&y.mipmapsAutoUpdate===!0&&M(ee),ce.__version=se.version,y.onUpdate&&y.onUpdate(y)}w.__version=y.version}function kt(w,y,O){if(y.image.length!==6)return;let ee=$e(w,y),j=y.source;t.bindTexture(i.TEXTURE_CUBE_MAP,w.__webglTexture,i.TEXTURE0+O);let se=n.get(j);if(j.version!==se.__version||ee===!0){t.activeTexture(i.TEXTURE0+O);let ce=We.getPrimaries(We.workingColorSpace),X=y.colorSpace===Vn?null:We.getPrimaries(y.colorSpace),Y=y.colorSpace===Vn||ce===X?i.NONE:i.BROWSER_DEFAULT_WEBGL;t.pixelStorei(i.UNPACK_FLIP_Y_WEBGL,y.flipY),t.pixelStorei(i.UNPACK_PREMULTIPLY_ALPHA_WEBGL,y.premultiplyAlpha),t.pixelStorei(i.UNPACK_ALIGNMENT,y.unpackAlignment),t.pixelStorei(i.UNPACK_COLORSPACE_CONVERSION_WEBGL,Y);let oe=y.isCompressedTexture||y.image[0].isCompressedTexture,R=y.image[0]&&y.image[0].isDataTexture,K=[];for(let de=0;de<6;de++)!oe&&!R?K[de]=_(y.image[de],!0,s.maxCubemapSize):K[de]=R?y.image[de].image:y.image[de],K[de]=Ae(y,K[de]);let G=K[0],ae=r.convert(y.format,y.colorSpace),ie=r.convert(y.type),re=T(y.internalFormat,ae,ie,y.normalized,y.colorSpace),Me=y.isVideoTexture!==!0,Be=se.__version===void 0||ee===!0,ne=j.dataReady,we=b(y,G);Je(i.TEXTURE_CUBE_MAP,y);let Oe;if(y.isDepthTexture){if(re=g(y.format===zn,y.type),Be)if(Me)t.texStorage2D(i.TEXTURE_CUBE_MAP,1,re,G.width,G.height);else for(let de=0;de<6;de++)t.texImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,0,re,G.width,G.height,0,ae,ie,null)}else if(oe){Me&&Be&&t.texStorage2D(i.TEXTURE_CUBE_MAP,we,re,G.width,G.height);for(let de=0;de<6;de++){Oe=K[de].mipmaps;for(let je=0;je<Oe.length;je++){let xt=Oe[je];y.format!==pn?ae!==null?Me?ne&&t.compressedTexSubImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,je,0,0,xt.width,xt.height,ae,xt.data):t.compressedTexImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,je,re,xt.width,xt.height,0,xt.data):Re("WebGLRenderer: Attempt to load unsupported compressed texture format in .setTextureCube()"):Me?ne&&t.texSubImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,je,0,0,xt.width,xt.height,ae,ie,xt.data):t.texImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,je,re,xt.width,xt.height,0,ae,ie,xt.data)}}}else{if(Oe=y.mipmaps,Me&&Be){Oe.length>0&&we++;let de=Le(K[0]);t.texStorage2D(i.TEXTURE_CUBE_MAP,we,re,de.width,de.height)}for(let de=0;de<6;de++)if(R){Me?ne&&t.texSubImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,0,0,0,K[de].width,K[de].height,ae,ie,K[de].data):t.texImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,0,re,K[de].width,K[de].height,0,ae,ie,K[de].data);for(let je=0;je<Oe.length;je++){let Hn=Oe[je].image[de].image;Me?ne&&t.texSubImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,je+1,0,0,Hn.width,Hn.height,ae,ie,Hn.data):t.texImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,je+1,re,Hn.width,Hn.height,0,ae,ie,Hn.data)}}else{Me?ne&&t.texSubImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,0,0,0,ae,ie,K[de]):t.texImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,0,re,ae,ie,K[de]);for(let je=0;je<Oe.length;je++){let xt=Oe[je];Me?ne&&t.texSubImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,je+1,0,0,ae,ie,xt.image[de]):t.texImage2D(i.TEXTURE_CUBE_MAP_POSITIVE_X+de,je+1,re,ae,ie,xt.image[de])}}}E(y)&&y.mipmapsAutoUpdate===!0&&M(i.TEXTURE_CUBE_MAP),se.__version=j.version,y.onUpdate&&y.onUpdate(y)}w.__version=y.version}function at(w,y,O,ee,j,se){let ce=r.convert(O.format,O.colorSpace),X=r.convert(O.type),Y=T(O.internalFormat,ce,X,O.normalized,O.colorSpace),oe=n.get(y),R=n.get(O);if(R.__renderTarget=y,!oe.__hasExternalTextures){let K=Math.max(1,y.width>>se),G=Math.max(1,y.height>>se);j===i.TEXTURE_3D||j===i.TEXTURE_2D_ARRAY?t.texImage3D(j,se,Y,K,G,y.depth,0,ce,X,null):t.texImage2D(j,se,Y,K,G,0,ce,X,null)}t.bindFramebuffer(i.FRAMEBUFFER,w),ue(y)?a.framebufferTexture2DMultisampleEXT(i.FRAMEBUFFER,ee,j,R.__webglTexture,0,st(y)):(j===i.TEXTURE_2D||j>=i.TEXTURE_CUBE_MAP_POSITIVE_X&&j<=i.TEXTURE_CUBE_MAP_NEGATIVE_Z)&&i.framebufferTexture2D(i.FRAMEBUFFER,ee,j,R.__webglTexture,se),t.bindFramebuffer(i.FRAMEBUFFER,null)}function gn(w,y,O){if(i.bindRenderbuffer(i.RENDERBUFFER,w),y.depthBuffer){let ee=y.depthTexture,j=ee&&ee.isDepthTexture?ee.type:null,se=g(y.stencilBuffer,j),ce=y.stencilBuffer?i.DEPTH_STENCIL_ATTACHMENT:i.DEPTH_ATTACHMENT;ue(y)?a.renderbufferStorageMultisampleEXT(i.RENDERBUFFER,st(y),se,y.width,y.height):O?i.renderbufferStorageMultisample(i.RENDERBUFFER,st(y),se,y.width,y.height):i.renderbufferStorage(i.RENDERBUFFER,se,y.width,y.height),i.framebufferRenderbuffer(i.FRAMEBUFFER,ce,i.RENDERBUFFER,w)}else{let ee=y.textures;for(let j=0;j<ee.length;j++){let se=ee[j],ce=r.convert(se.format,se.colorSpace),X=r.convert(se.type),Y=T(se.internalFormat,ce,X,se.normalized,se.colorSpace);ue(y)?a.renderbufferStorageMultisampleEXT(i.RENDERBUFFER,st(y),Y,y.width,y.height):O?i.renderbufferStorageMultisample(i.RENDERBUFFER,st(y),Y,y.width,y.height):i.renderbufferStorage(i.RENDERBUFFER,Y,y.width,y.height)}}i.bindRenderbuffer(i.RENDERBUFFER,null)}function yt(w,y,O){let ee=y.isWebGLCubeRenderTarget===!0;if(t.bindFramebuffer(i.FRAMEBUFFER,w),!(y.depthTexture&&y.depthTexture.isDepthTexture))throw new Error("THREE.WebGLTextures: renderTarget.depthTexture must be an instance of THREE.DepthTexture.");let j=n.get(y.depthTexture);j.__renderTarget=y;let se=ee?y.depthTexture.image[0]:y.depthTexture.image;(!j.__webglTexture||se.width!==y.width||se.height!==y.height)&&(se.width=y.width,se.height=y.height,y.depthTexture.needsUpdate=!0),ee?me(y.depthTexture,0):pe(y.depthTexture,0);let ce=j.__webglTexture,X=st(y),Y=ee?i.TEXTURE_CUBE_MAP_POSITIVE_X+O:i.TEXTURE_2D,oe=y.depthTexture.format===zn?i.DEPTH_STENCIL_ATTACHMENT:i.DEPTH_ATTACHMENT;if(y.depthTexture.format===On)ue(y)?a.framebufferTexture2DMultisampleEXT(i.FRAMEBUFFER,oe,Y,ce,0,X):i.framebufferTexture2D(i.FRAMEBUFFER,oe,Y,ce,0);else if(y.depthTexture.format===zn)ue(y)?a.framebufferTexture2DMultisampleEXT(i.FRAMEBUFFER,oe,Y,ce,0,X):i.framebufferTexture2D(i.FRAMEBUFFER,oe,Y,ce,0);else throw new Error("THREE.WebGLTextures: Unknown depthTexture format.")}function jt(w){let y=n.get(w),O=w.isWebGLCubeRenderTarget===!0;if(y.__boundDepthTexture!==w.depthTexture){let ee=w.depthTexture;if(y.__depthDisposeCallback&&y.__depthDisposeCallback(),ee){let j=()=>{delete y.__boundDepthTexture,delete y.__depthDisposeCallback,ee.removeEventListener("dispose",j)};ee.addEventListener("dispose",j),y.__depthDisposeCallback=j}y.__boundDepthTexture=ee}if(w.depthTexture&&!y.__autoAllocateDepthBuffer)if(O)for(let ee=0;ee<6;ee++)yt(y.__webglFramebuffer[ee],w,ee);else w.texture.mipmaps.length>0?yt(y.__webglFramebuffer[0],w,0):yt(y.__webglFramebuffer,w,0);else if(O){y.__webglDepthbuffer=[];for(let ee=0;ee<6;ee++)if(t.bindFramebuffer(i.FRAMEBUFFER,y.__webglFramebuffer[ee]),y.__webglDepthbuffer[ee]===void 0)y.__webglDepthbuffer[ee]=i.createRenderbuffer(),gn(y.__webglDepthbuffer[ee],w,!1);else{let j=w.stencilBuffer?i.DEPTH_STENCIL_ATTACHMENT:i.DEPTH_ATTACHMENT,se=y.__webglDepthbuffer[ee];i.bindRenderbuffer(i.RENDERBUFFER,se),i.framebufferRenderbuffer(i.FRAMEBUFFER,j,i.RENDERBUFFER,se)}}else if(w.texture.mipmaps.length>0?t.bindFramebuffer(i.FRAMEBUFFER,y.__webglFramebuffer[0]):t.bindFramebuffer(i.FRAMEBUFFER,y.__webglFramebuffer),y.__webglDepthbuffer===void 0)y.__webglDepthbuffer=i.createRenderbuffer(),gn(y.__webglDepthbuffer,w,!1);else{let j=w.stencilBuffer?i.DEPTH_STENCIL_ATTACHMENT:i.DEPTH_ATTACHMENT,se=y.__webglDepthbuffer;i.bindRenderbuffer(i.RENDERBUFFER,se),i.framebufferRenderbuffer(i.FRAMEBUFFER,j,i.RENDERBUFFER,se)}t.bindFramebuffer(i.FRAMEBUFFER,null)}function Qt(w,y,O){let ee=n.get(w);y!==void 0&&at(ee.__webglFramebuffer,w,w.texture,i.COLOR_ATTACHMENT0,i.TEXTURE_2D,0),O!==void 0&&jt(w)}function $t(w){let y=w.texture,O=n.get(w),ee=n.get(y);w.addEventListener("dispose",k),N(w);let j=w.textures,se=w.isWebGLCubeRenderTarget===!0,ce=j.length>1;if(ce||(ee.__webglTexture===void 0&&(ee.__webglTexture=i.createTexture()),ee.__version=y.version,o.memory.textures++),se){O.__webglFramebuffer=[];for(let X=0;X<6;X++)if(y.mipmaps.length>0){O.__webglFramebuffer[X]=[];for(let Y=0;Y<y.mipmaps.length;Y++)O.__webglFramebuffer[X][Y]=i.createFramebuffer()}else O.__webglFramebuffer[X]=i.createFramebuffer()}else{if(y.mipmaps.length>0){O.__webglFramebuffer=[];for(let X=0;X<y.mipmaps.length;X++)O.__webglFramebuffer[X]=i.createFramebuffer()}else O.__webglFramebuffer=i.createFramebuffer();if(ce)for(let X=0,Y=j.length;X<Y;X++){let oe=n.get(j[X]);oe.__webglTexture===void 0&&(oe.__webglTexture=i.createTexture(),o.memory.textures++)}if(w.samples>0&&ue(w)===!1){O.__webglMultisampledFramebuffer=i.createFramebuffer(),O.__webglColorRenderbuffer=[],t.bindFramebuffer(i.FRAMEBUFFER,O.__webglMultisampledFramebuffer);for(let X=0;X<j.length;X++){let Y=j[X];O.__webglColorRenderbuffer[X]=i.createRenderbuffer(),i.bindRenderbuffer(i.RENDERBUFFER,O.__webglColorRenderbuffer[X]);let oe=r.convert(Y.format,Y.colorSpace),R=r.convert(Y.type),K=T(Y.internalFormat,oe,R,Y.normalized,Y.colorSpace,w.isXRRenderTarget===!0),G=st(w);i.renderbufferStorageMultisample(i.RENDERBUFFER,G,K,w.width,w.height),i.framebufferRenderbuffer(i.FRAMEBUFFER,i.COLOR_ATTACHMENT0+X,i.RENDERBUFFER,O.__webglColorRenderbuffer[X])}i.bindRenderbuffer(i.RENDERBUFFER,null),w.depthBuffer&&(O.__webglDepthRenderbuffer=i.createRenderbuffer(),gn(O.__webglDepthRenderbuffer,w,!0)),t.bindFramebuffer(i.FRAMEBUFFER,null)}}if(se){t.bindTexture(i.TEXTURE_CUBE_MAP,ee.__webglTexture),Je(i.TEXTURE_CUBE_MAP,y);for(let X=0;X<6;X++)if(y.mipmaps.length>0)for(let Y=0;Y<y.mipmaps.length;Y++)at(O.__webglFramebuffer[X][Y],w,y,i.COLOR_ATTACHMENT0,i.TEXTURE_CUBE_MAP_POSITIVE_X+X,Y);else at(O.__webglFramebuffer[X],w,y,i.COLOR_ATTACHMENT0,i.TEXTURE_CUBE_MAP_POSITIVE_X+X,0);E(y)?M(i.TEXTURE_CUBE_MAP):y.mipmaps.length>0&&i.texParameteri(i.TEXTURE_CUBE_MAP,i.TEXTURE_MAX_LEVEL,y.mipmaps.length-1),t.unbindTexture()}else if(ce){for(let X=0,Y=j.length;X<Y;X++){let oe=j[X],R=n.get(oe),K=i.TEXTURE_2D;(w.isWebGL3DRenderTarget||w.isWebGLArrayRenderTarget)&&(K=w.isWebGL3DRenderTarget?i.TEXTURE_3D:i.TEXTURE_2D_ARRAY),t.bindTexture(K,R.__webglTexture),Je(K,oe),at(O.__webglFramebuffer,w,oe,i.COLOR_ATTACHMENT0+X,K,0),E(oe)&&M(K)}t.unbindTexture()}else{let X=i.TEXTURE_2D;if((w.isWebGL3DRenderTarget||w.isWebGLArrayRenderTarget)&&(X=w.isWebGL3DRenderTarget?i.TEXTURE_3D:i.TEXTURE_2D_ARRAY),t.bindTexture(X,ee.__webglTexture),Je(X,y),y.mipmaps.length>0)for(let Y=0;Y<y.mipmaps.length;Y++)at(O.__webglFramebuffer[Y],w,y,i.COLOR_ATTACHMENT0,X,Y);else at(O.__webglFramebuffer,w,y,i.COLOR_ATTACHMENT0,X,0);E(y)?M(X):y.mipmaps.length>0&&i.texParameteri(X,i.TEXTURE_MAX_LEVEL,y.mipmaps.length-1),t.unbindTexture()}w.depthBuffer&&jt(w)}function L(w){let y=w.textures;for(let O=0,ee=y.length;O<ee;O++){let j=y[O];if(E(j)&&j.mipmapsAutoUpdate===!0){let se=A(w),ce=n.get(j).__webglTexture;t.bindTexture(se,ce),M(se),t.unbindTexture()}}}let en=[];function it(w){if(w.samples>0){if(ue(w)===!1){let y=w.textures,O=w.width,ee=w.height,j=i.COLOR_BUFFER_BIT,se=w.stencilBuffer?i.DEPTH_STENCIL_ATTACHMENT:i.DEPTH_ATTACHMENT,ce=n.get(w),X=y.length>1;if(X)for(let oe=0;oe<y.length;oe++)t.bindFramebuffer(i.FRAMEBUFFER,ce.__webglMultisampledFramebuffer),i.framebufferRenderbuffer(i.FRAMEBUFFER,i.COLOR_ATTACHMENT0+oe,i.RENDERBUFFER,null),t.bindFramebuffer(i.FRAMEBUFFER,ce.__webglFramebuffer),i.framebufferTexture2D(i.DRAW_FRAMEBUFFER,i.COLOR_ATTACHMENT0+oe,i.TEXTURE_2D,null,0);t.bindFramebuffer(i.READ_FRAMEBUFFER,ce.__webglMultisampledFramebuffer),w.texture.mipmaps.length>0?t.bindFramebuffer(i.DRAW_FRAMEBUFFER,ce.__webglFramebuffer[0]):t.bindFramebuffer(i.DRAW_FRAMEBUFFER,ce.__webglFramebuffer);for(let oe=0;oe<y.length;oe++){if(w.resolveDepthBuffer&&(w.depthBuffer&&(j|=i.DEPTH_BUFFER_BIT),w.stencilBuffer&&w.resolveStencilBuffer&&(j|=i.STENCIL_BUFFER_BIT)),X){i.framebufferRenderbuffer(i.READ_FRAMEBUFFER,i.COLOR_ATTACHMENT0,i.RENDERBUFFER,ce.__webglColorRenderbuffer[oe]);let R=n.get(y[oe]).__webglTexture;i.framebufferTexture2D(i.DRAW_FRAMEBUFFER,i.COLOR_ATTACHMENT0,i.TEXTURE_2D,R,0)}i.blitFramebuffer(0,0,O,ee,0,0,O,ee,j,i.NEAREST),l===!0&&(en.length=0,en.push(i.COLOR_ATTACHMENT0+oe),w.depthBuffer&&w.storeMultisampledDepthBuffer===!1&&en.push(se),i.invalidateFramebuffer(i.READ_FRAMEBUFFER,en))}if(t.bindFramebuffer(i.READ_FRAMEBUFFER,null),t.bindFramebuffer(i.DRAW_FRAMEBUFFER,null),X)for(let oe=0;oe<y.length;oe++){t.bindFramebuffer(i.FRAMEBUFFER,ce.__webglMultisampledFramebuffer),i.framebufferRenderbuffer(i.FRAMEBUFFER,i.COLOR_ATTACHMENT0+oe,i.RENDERBUFFER,ce.__webglColorRenderbuffer[oe]);let R=n.get(y[oe]).__webglTexture;t.bindFramebuffer(i.FRAMEBUFFER,ce.__webglFramebuffer),i.framebufferTexture2D(i.DRAW_FRAMEBUFFER,i.COLOR_ATTACHMENT0+oe,i.TEXTURE_2D,R,0)}t.bindFramebuffer(i.DRAW_FRAMEBUFFER,ce.__webglMultisampledFramebuffer)}else if(w.depthBuffer&&w.storeMultisampledDepthBuffer===!1&&l){let y=w.stencilBuffer?i.DEPTH_STENCIL_ATTACHMENT:i.DEPTH_ATTACHMENT;i.invalidateFramebuffer(i.DRAW_FRAMEBUFFER,[y])}}}function st(w){return Math.min(s.maxSamples,w.samples)}function ue(w){let y=n.get(w);return w.samples>0&&e.has("WEBGL_multisampled_render_to_texture")===!0&&y.__useRenderToTexture!==!1}function ft(w){let y=o.render.frame;h.get(w)!==y&&(h.set(w,y),w.update())}function Ae(w,y){let O=w.colorSpace,ee=w.format,j=w.type;return w.isCompressedTexture===!0||w.isVideoTexture===!0||O!==bs&&O!==Vn&&(We.getTransfer(O)===Ke?(ee!==pn||j!==Ht)&&Re("WebGLTextures: sRGB encoded textures have to use RGBAFormat and UnsignedByteType."):Pe("WebGLTextures: Unsupported texture color space:",O)),y}function Le(w){return typeof HTMLImageElement<"u"&&w instanceof HTMLImageElement?(c.width=w.naturalWidth||w.width,c.height=w.naturalHeight||w.height):typeof VideoFrame<"u"&&w instanceof VideoFrame?(c.width=w.displayWidth,c.height=w.displayHeight):(c.width=w.width,c.height=w.height),c}this.allocateTextureUnit=Ue,this.resetTextureUnits=Q,this.getTextureUnits=$,this.setTextureUnits=Se,this.setTexture2D=pe,this.setTexture2DArray=xe,this.setTexture3D=Ee,this.setTextureCube=me,this.rebindTextures=Qt,this.setupRenderTarget=$t,this.updateRenderTargetMipmap=L,this.updateMultisampleRenderTarget=it,this.setupDepthRenderbuffer=jt,this.setupFrameBufferTexture=at,this.useMultisampledRTT=ue,this.dispose=W}function My(i,e){function t(n,s=Vn){let r,o=We.getTransfer(s);if(n===Ht)return i.UNSIGNED_BYTE;if(n===wo)return i.UNSIGNED_SHORT_4_4_4_4;if(n===To)return i.UNSIGNED_SHORT_5_5_5_1;if(n===Bl)return i.UNSIGNED_INT_5_9_9_9_REV;if(n===kl)return i.UNSIGNED_INT_10F_11F_11F_REV;if(n===Fl)return i.BYTE;if(n===Ol)return i.SHORT;if(n===ts)return i.UNSIGNED_SHORT;if(n===Mo)return i.INT;if(n===dn)return i.UNSIGNED_INT;if(n===rn)return i.FLOAT;if(n===fn)return i.HALF_FLOAT;if(n===zl)return i.ALPHA;if(n===Vl)return i.RGB;if(n===pn)return i.RGBA;if(n===On)return i.DEPTH_COMPONENT;if(n===zn)return i.DEPTH_STENCIL;if(n===Eo)return i.RED;if(n===Ao)return i.RED_INTEGER;if(n===ri)return i.RG;if(n===Ro)return i.RG_INTEGER;if(n===Co)return i.RGBA_INTEGER;if(n===Zs||n===Ks||n===Js||n===js)if(o===Ke)if(r=e.get("WEBGL_compressed_texture_s3tc_srgb"),r!==null){if(n===Zs)return r.COMPRESSED_SRGB_S3TC_DXT1_EXT;if(n===Ks)return r.COMPRESSED_SRGB_ALPHA_S3TC_DXT1_EXT;if(n===Js)return r.COMPRESSED_SRGB_ALPHA_S3TC_DXT3_EXT;if(n===js)return r.COMPRESSED_SRGB_ALPHA_S3TC_DXT5_EXT}else return null;else if(r=e.get("WEBGL_compressed_texture_s3tc"),r!==null){if(n===Zs)return r.COMPRESSED_RGB_S3TC_DXT1_EXT;if(n===Ks)return r.COMPRESSED_RGBA_S3TC_DXT1_EXT;if(n===Js)return r.COMPRESSED_RGBA_S3TC_DXT3_EXT;if(n===js)return r.COMPRESSED_RGBA_S3TC_DXT5_EXT}else return null;if(n===Po||n===Io||n===Lo||n===Uo)if(r=e.get("WEBGL_compressed_texture_pvrtc"),r!==null){if(n===Po)return r.COMPRESSED_RGB_PVRTC_4BPPV1_IMG;if(n===Io)return r.COMPRESSED_RGB_PVRTC_2BPPV1_IMG;if(n===Lo)return r.COMPRESSED_RGBA_PVRTC_4BPPV1_IMG;if(n===Uo)return r.COMPRESSED_RGBA_PVRTC_2BPPV1_IMG}else return null;if(n===Do||n===No||n===Fo||n===Oo||n===Bo||n===Qs||n===ko)if(r=e.get("WEBGL_compressed_texture_etc"),r!==null){if(n===Do||n===No)return o===Ke?r.COMPRESSED_SRGB8_ETC2:r.COMPRESSED_RGB8_ETC2;if(n===Fo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ETC2_EAC:r.COMPRESSED_RGBA8_ETC2_EAC;if(n===Oo)return r.COMPRESSED_R11_EAC;if(n===Bo)return r.COMPRESSED_SIGNED_R11_EAC;if(n===Qs)return r.COMPRESSED_RG11_EAC;if(n===ko)return r.COMPRESSED_SIGNED_RG11_EAC}else return null;if(n===zo||n===Vo||n===Go||n===Ho||n===Wo||n===Xo||n===qo||n===Yo||n===Zo||n===Ko||n===Jo||n===jo||n===Qo||n===$o)if(r=e.get("WEBGL_compressed_texture_astc"),r!==null){if(n===zo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_4x4_KHR:r.COMPRESSED_RGBA_ASTC_4x4_KHR;if(n===Vo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_5x4_KHR:r.COMPRESSED_RGBA_ASTC_5x4_KHR;if(n===Go)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_5x5_KHR:r.COMPRESSED_RGBA_ASTC_5x5_KHR;if(n===Ho)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_6x5_KHR:r.COMPRESSED_RGBA_ASTC_6x5_KHR;if(n===Wo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_6x6_KHR:r.COMPRESSED_RGBA_ASTC_6x6_KHR;if(n===Xo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_8x5_KHR:r.COMPRESSED_RGBA_ASTC_8x5_KHR;if(n===qo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_8x6_KHR:r.COMPRESSED_RGBA_ASTC_8x6_KHR;if(n===Yo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_8x8_KHR:r.COMPRESSED_RGBA_ASTC_8x8_KHR;if(n===Zo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_10x5_KHR:r.COMPRESSED_RGBA_ASTC_10x5_KHR;if(n===Ko)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_10x6_KHR:r.COMPRESSED_RGBA_ASTC_10x6_KHR;if(n===Jo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_10x8_KHR:r.COMPRESSED_RGBA_ASTC_10x8_KHR;if(n===jo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_10x10_KHR:r.COMPRESSED_RGBA_ASTC_10x10_KHR;if(n===Qo)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_12x10_KHR:r.COMPRESSED_RGBA_ASTC_12x10_KHR;if(n===$o)return o===Ke?r.COMPRESSED_SRGB8_ALPHA8_ASTC_12x12_KHR:r.COMPRESSED_RGBA_ASTC_12x12_KHR}else return null;if(n===ea||n===ta||n===na)if(r=e.get("EXT_texture_compression_bptc"),r!==null){if(n===ea)return o===Ke?r.COMPRESSED_SRGB_ALPHA_BPTC_UNORM_EXT:r.COMPRESSED_RGBA_BPTC_UNORM_EXT;if(n===ta)return r.COMPRESSED_RGB_BPTC_SIGNED_FLOAT_EXT;if(n===na)return r.COMPRESSED_RGB_BPTC_UNSIGNED_FLOAT_EXT}else return null;if(n===ia||n===sa||n===$s||n===ra)if(r=e.get("EXT_texture_compression_rgtc"),r!==null){if(n===ia)return r.COMPRESSED_RED_RGTC1_EXT;if(n===sa)return r.COMPRESSED_SIGNED_RED_RGTC1_EXT;if(n===$s)return r.COMPRESSED_RED_GREEN_RGTC2_EXT;if(n===ra)return r.COMPRESSED_SIGNED_RED_GREEN_RGTC2_EXT}else return null;return n===Si?i.UNSIGNED_INT_24_8:i[n]!==void 0?i[n]:null}return{convert:t}}var wy=`
void main() {

	gl_Position = vec4( position, 1.0 );

}`,Ty=`
uniform sampler2DArray depthColor;
uniform float depthWidth;
uniform float depthHeight;

void main() {

	vec2 coord = vec2( gl_FragCoord.x / depthWidth, gl_FragCoord.y / depthHeight );

	if ( coord.x >= 1.0 ) {

		gl_FragDepth = texture( depthColor, vec3( coord.x - 1.0, coord.y, 1 ) ).r;

	} else {

		gl_FragDepth = texture( depthColor, vec3( coord.x, coord.y, 0 ) ).r;

	}

}`,hc=class{constructor(){this.texture=null,this.mesh=null,this.depthNear=0,this.depthFar=0}init(e,t){if(this.texture===null){let n=new Ds(e.texture);(e.depthNear!==t.depthNear||e.depthFar!==t.depthFar)&&(this.depthNear=e.depthNear,this.depthFar=e.depthFar),this.texture=n}}getMesh(e){if(this.texture!==null&&this.mesh===null){let t=e.cameras[0].viewport,n=new sn({vertexShader:wy,fragmentShader:Ty,uniforms:{depthColor:{value:this.texture},depthWidth:{value:t.z},depthHeight:{value:t.w}}});this.mesh=new bt(new Os(20,20),n)}return this.mesh}reset(){this.texture=null,this.mesh=null}getDepthTexture(){return this.texture}},uc=class extends un{constructor(e,t){super();let n=this,s=null,r=1,o=null,a="local-floor",l=1,c=null,h=null,p=null,u=null,f=null,x=null,S=typeof XRWebGLBinding<"u",m=new hc,d={},_=t.getContextAttributes(),E=null,M=null,A=[],T=[],g=new Te,b=null,N=null,C=new Ft;C.viewport=new ot;let D=new Ft;D.viewport=new ot;let k=[C,D],q=new xo,I=null,W=null;this.cameraAutoUpdate=!0,this.enabled=!1,this.isPresenting=!1,this.getController=function(Z){let pe=A[Z];return pe===void 0&&(pe=new Xi,A[Z]=pe),pe.getTargetRaySpace()},this.getControllerGrip=function(Z){let pe=A[Z];return pe===void 0&&(pe=new Xi,A[Z]=pe),pe.getGripSpace()},this.getHand=function(Z){let pe=A[Z];return pe===void 0&&(pe=new Xi,A[Z]=pe),pe.getHandSpace()};function J(Z){let pe=T.indexOf(Z.inputSource);if(pe===-1)return;let xe=A[pe];xe!==void 0&&(xe.update(Z.inputSource,Z.frame,c||o),xe.dispatchEvent({type:Z.type,data:Z.inputSource}))}function V(){s.removeEventListener("select",J),s.removeEventListener("selectstart",J),s.removeEventListener("selectend",J),s.removeEventListener("squeeze",J),s.removeEventListener("squeezestart",J),s.removeEventListener("squeezeend",J),s.removeEventListener("end",V),s.removeEventListener("inputsourceschange",te);for(let Z=0;Z<A.length;Z++){let pe=T[Z];pe!==null&&(T[Z]=null,A[Z].disconnect(pe))}I=null,W=null,m.reset();for(let Z in d)delete d[Z];if(e.setRenderTarget(E),f=null,u=null,p=null,s=null,M=null,Ue.stop(),n.isPresenting=!1,e.setPixelRatio(b),e.setSize(g.width,g.height,!1),N!==null){let Z=N.camera;Z.fov=N.fov,Z.zoom=N.zoom,Z.updateProjectionMatrix(),N=null}n.dispatchEvent({type:"sessionend"})}this.setFramebufferScaleFactor=function(Z){r=Z,n.isPresenting===!0&&Re("WebXRManager: Cannot change framebuffer scale while presenting.")},this.setReferenceSpaceType=function(Z){a=Z,n.isPresenting===!0&&Re("WebXRManager: Cannot change reference space type while presenting.")},this.getReferenceSpace=function(){return c||o},this.setReferenceSpace=function(Z){c=Z},this.getBaseLayer=function(){return u!==null?u:f},this.getBinding=function(){return p===null&&S&&(p=new XRWebGLBinding(s,t)),p},this.getFrame=function(){return x},this.getSession=function(){return s},this.setSession=async function(Z){if(s=Z,s!==null){if(E=e.getRenderTarget(),s.addEventListener("select",J),s.addEventListener("selectstart",J),s.addEventListener("selectend",J),s.addEventListener("squeeze",J),s.addEventListener("squeezestart",J),s.addEventListener("squeezeend",J),s.addEventListener("end",V),s.addEventListener("inputsourceschange",te),_.xrCompatible!==!0&&await t.makeXRCompatible(),b=e.getPixelRatio(),e.getSize(g),S&&"createProjectionLayer"in XRWebGLBinding.prototype){let xe=null,Ee=null,me=null;_.depth&&(me=_.stencil?t.DEPTH24_STENCIL8:t.DEPTH_COMPONENT24,xe=_.stencil?zn:On,Ee=_.stencil?Si:dn);let Ne={colorFormat:t.RGBA8,depthFormat:me,scaleFactor:r};p=this.getBinding(),u=p.createProjectionLayer(Ne),s.updateRenderState({layers:[u]}),e.setPixelRatio(1),e.setSize(u.textureWidth,u.textureHeight,!1),M=new Kt(u.textureWidth,u.textureHeight,{format:pn,type:Ht,depthTexture:new Bn(u.textureWidth,u.textureHeight,Ee,void 0,void 0,void 0,void 0,void 0,void 0,xe),stencilBuffer:_.stencil,colorSpace:e.outputColorSpace,samples:_.antialias?4:0,resolveDepthBuffer:u.ignoreDepthValues===!1,resolveStencilBuffer:u.ignoreDepthValues===!1,storeMultisampledDepthBuffer:u.ignoreDepthValues===!1,storeMultisampledStencilBuffer:u.ignoreDepthValues===!1})}else{let xe={antialias:_.antialias,alpha:!0,depth:_.depth,stencil:_.stencil,framebufferScaleFactor:r};f=new XRWebGLLayer(s,t,xe),s.updateRenderState({baseLayer:f}),e.setPixelRatio(1),e.setSize(f.framebufferWidth,f.framebufferHeight,!1),M=new Kt(f.framebufferWidth,f.framebufferHeight,{format:pn,type:Ht,colorSpace:e.outputColorSpace,stencilBuffer:_.stencil,resolveDepthBuffer:f.ignoreDepthValues===!1,resolveStencilBuffer:f.ignoreDepthValues===!1,storeMultisampledDepthBuffer:f.ignoreDepthValues===!1,storeMultisampledStencilBuffer:f.ignoreDepthValues===!1})}M.isXRRenderTarget=!0,this.setFoveation(l),c=null,o=await s.requestReferenceSpace(a),Ue.setContext(s),Ue.start(),n.isPresenting=!0,n.dispatchEvent({type:"sessionstart"})}},this.getEnvironmentBlendMode=function(){if(s!==null)return s.environmentBlendMode},this.getDepthTexture=function(){return m.getDepthTexture()};function te(Z){for(let pe=0;pe<Z.removed.length;pe++){let xe=Z.removed[pe],Ee=T.indexOf(xe);Ee>=0&&(T[Ee]=null,A[Ee].disconnect(xe))}for(let pe=0;pe<Z.added.length;pe++){let xe=Z.added[pe],Ee=T.indexOf(xe);if(Ee===-1){for(let Ne=0;Ne<A.length;Ne++)if(Ne>=T.length){T.push(xe),Ee=Ne;break}else if(T[Ne]===null){T[Ne]=xe,Ee=Ne;break}if(Ee===-1)break}let me=A[Ee];me&&me.connect(xe)}}function H(Z,pe){pe===null?Z.matrixWorld.copy(Z.matrix):Z.matrixWorld.multiplyMatrices(pe.matrixWorld,Z.matrix),Z.matrixWorldInverse.copy(Z.matrixWorld).invert()}this.updateCamera=function(Z){if(s===null)return;let pe=Z.near,xe=Z.far;m.texture!==null&&(m.depthNear>0&&(pe=m.depthNear),m.depthFar>0&&(xe=m.depthFar)),q.near=D.near=C.near=pe,q.far=D.far=C.far=xe,(I!==q.near||W!==q.far)&&(s.updateRenderState({depthNear:q.near,depthFar:q.far}),I=q.near,W=q.far),q.layers.mask=Z.layers.mask|6,C.layers.mask=q.layers.mask&-5,D.layers.mask=q.layers.mask&-3;let Ee=Z.parent,me=q.cameras;H(q,Ee);for(let Ne=0;Ne<me.length;Ne++)H(me[Ne],Ee);q.projectionMatrix.copy(C.projectionMatrix),q.projectionMatrixInverse.copy(C.projectionMatrixInverse),N===null&&Z.isPerspectiveCamera&&(N={camera:Z,fov:Z.fov,zoom:Z.zoom}),Q(Z,q,Ee)};function Q(Z,pe,xe){xe===null?Z.matrix.copy(pe.matrixWorld):(Z.matrix.copy(xe.matrixWorld),Z.matrix.invert(),Z.matrix.multiply(pe.matrixWorld)),Z.matrix.decompose(Z.position,Z.quaternion,Z.scale),Z.updateMatrixWorld(!0),Z.projectionMatrix.copy(pe.projectionMatrix),Z.projectionMatrixInverse.copy(pe.projectionMatrixInverse),Z.isPerspectiveCamera&&(Z.fov=Gi*2*Math.atan(1/Z.projectionMatrix.elements[5]),Z.zoom=1)}this.getCamera=function(){return q},this.getFoveation=function(){if(!(u===null&&f===null))return l},this.setFoveation=function(Z){l=Z,u!==null&&(u.fixedFoveation=Z),f!==null&&f.fixedFoveation!==void 0&&(f.fixedFoveation=Z)},this.hasDepthSensing=function(){return m.texture!==null},this.getDepthSensingMesh=function(){return m.getMesh(q)},this.getCameraTexture=function(Z){return d[Z]};let $=null;function Se(Z,pe){if(h=pe.getViewerPose(c||o),x=pe,h!==null){let xe=h.views;f!==null&&(e.setRenderTargetFramebuffer(M,f.framebuffer),e.setRenderTarget(M));let Ee=!1;xe.length!==q.cameras.length&&(q.cameras.length=0,Ee=!0);for(let Ce=0;Ce<xe.length;Ce++){let Je=xe[Ce],$e=null;if(f!==null)$e=f.getViewport(Je);else{let Mt=p.getViewSubImage(u,Je);$e=Mt.viewport,Ce===0&&(e.setRenderTargetTextures(M,Mt.colorTexture,Mt.depthStencilTexture),e.setRenderTarget(M))}let Ve=k[Ce];Ve===void 0&&(Ve=new Ft,Ve.layers.enable(Ce),Ve.viewport=new ot,k[Ce]=Ve),Ve.matrix.fromArray(Je.transform.matrix),Ve.matrix.decompose(Ve.position,Ve.quaternion,Ve.scale),Ve.projectionMatrix.fromArray(Je.projectionMatrix),Ve.projectionMatrixInverse.copy(Ve.projectionMatrix).invert(),Ve.viewport.set($e.x,$e.y,$e.width,$e.height),Ce===0&&(q.matrix.copy(Ve.matrix),q.matrix.decompose(q.position,q.quaternion,q.scale)),Ee===!0&&q.cameras.push(Ve)}let me=s.enabledFeatures;if(me&&me.includes("depth-sensing")&&s.depthUsage=="gpu-optimized"&&S){p=n.getBinding();let Ce=p.getDepthInformation(xe[0]);Ce&&Ce.isValid&&Ce.texture&&m.init(Ce,s.renderState)}if(me&&me.includes("camera-access")&&S){e.state.unbindTexture(),p=n.getBinding();for(let Ce=0;Ce<xe.length;Ce++){let Je=xe[Ce].camera;if(Je){let $e=d[Je];$e||($e=new Ds,d[Je]=$e);let Ve=p.getCameraImage(Je);$e.sourceTexture=Ve}}}}for(let xe=0;xe<A.length;xe++){let Ee=T[xe],me=A[xe];Ee!==null&&me!==void 0&&me.update(Ee,pe,c||o)}$&&$(Z,pe),pe.detectedPlanes&&n.dispatchEvent({type:"planesdetected",data:pe}),x=null}let Ue=new Nu;Ue.setAnimationLoop(Se),this.setAnimationLoop=function(Z){$=Z},this.dispose=function(){}}},Ey=new Qe,Xu=new Ie;Xu.set(-1,0,0,0,1,0,0,0,1);function Ay(i,e){function t(m,d){m.matrixAutoUpdate===!0&&m.updateMatrix(),d.value.copy(m.matrix)}function n(m,d){d.color.getRGB(m.fogColor.value,Ql(i)),d.isFog?(m.fogNear.value=d.near,m.fogFar.value=d.far):d.isFogExp2&&(m.fogDensity.value=d.density)}function s(m,d,_,E,M){d.isNodeMaterial?d.uniformsNeedUpdate=!1:d.isMeshBasicMaterial?r(m,d):d.isMeshLambertMaterial?(r(m,d),d.envMap&&(m.envMapIntensity.value=d.envMapIntensity)):d.isMeshToonMaterial?(r(m,d),p(m,d)):d.isMeshPhongMaterial?(r(m,d),h(m,d),d.envMap&&(m.envMapIntensity.value=d.envMapIntensity)):d.isMeshStandardMaterial?(r(m,d),u(m,d),d.isMeshPhysicalMaterial&&f(m,d,M)):d.isMeshMatcapMaterial?(r(m,d),x(m,d)):d.isMeshDepthMaterial?r(m,d):d.isMeshDistanceMaterial?(r(m,d),S(m,d)):d.isMeshNormalMaterial?r(m,d):d.isLineBasicMaterial?(o(m,d),d.isLineDashedMaterial&&a(m,d)):d.isPointsMaterial?l(m,d,_,E):d.isSpriteMaterial?c(m,d):d.isShadowMaterial?(m.color.value.copy(d.color),m.opacity.value=d.opacity):d.isShaderMaterial&&(d.uniformsNeedUpdate=!1)}function r(m,d){m.opacity.value=d.opacity,d.color&&m.diffuse.value.copy(d.color),d.emissive&&m.emissive.value.copy(d.emissive).multiplyScalar(d.emissiveIntensity),d.map&&(m.map.value=d.map,t(d.map,m.mapTransform)),d.alphaMap&&(m.alphaMap.value=d.alphaMap,t(d.alphaMap,m.alphaMapTransform)),d.bumpMap&&(m.bumpMap.value=d.bumpMap,t(d.bumpMap,m.bumpMapTransform),m.bumpScale.value=d.bumpScale,d.side===Et&&(m.bumpScale.value*=-1)),d.normalMap&&(m.normalMap.value=d.normalMap,t(d.normalMap,m.normalMapTransform),m.normalScale.value.copy(d.normalScale),d.side===Et&&m.normalScale.value.negate()),d.displacementMap&&(m.displacementMap.value=d.displacementMap,t(d.displacementMap,m.displacementMapTransform),m.displacementScale.value=d.displacementScale,m.displacementBias.value=d.displacementBias),d.emissiveMap&&(m.emissiveMap.value=d.emissiveMap,t(d.emissiveMap,m.emissiveMapTransform)),d.specularMap&&(m.specularMap.value=d.specularMap,t(d.specularMap,m.specularMapTransform)),d.alphaTest>0&&(m.alphaTest.value=d.alphaTest);let _=e.get(d),E=_.envMap,M=_.envMapRotation;E&&(m.envMap.value=E,m.envMapRotation.value.setFromMatrix4(Ey.makeRotationFromEuler(M)).transpose(),E.isCubeTexture&&E.isRenderTargetTexture===!1&&m.envMapRotation.value.premultiply(Xu),m.reflectivity.value=d.reflectivity,m.ior.value=d.ior,m.refractionRatio.value=d.refractionRatio),d.lightMap&&(m.lightMap.value=d.lightMap,m.lightMapIntensity.value=d.lightMapIntensity,t(d.lightMap,m.lightMapTransform)),d.aoMap&&(m.aoMap.value=d.aoMap,m.aoMapIntensity.value=d.aoMapIntensity,t(d.aoMap,m.aoMapTransform))}function o(m,d){m.diffuse.value.copy(d.color),m.opacity.value=d.opacity,d.map&&(m.map.value=d.map,t(d.map,m.mapTransform))}function a(m,d){m.dashSize.value=d.dashSize,m.totalSize.value=d.dashSize+d.gapSize,m.scale.value=d.scale}function l(m,d,_,E){m.diffuse.value.copy(d.color),m.opacity.value=d.opacity,m.size.value=d.size*_,m.scale.value=E*.5,d.map&&(m.map.value=d.map,t(d.map,m.uvTransform)),d.alphaMap&&(m.alphaMap.value=d.alphaMap,t(d.alphaMap,m.alphaMapTransform)),d.alphaTest>0&&(m.alphaTest.value=d.alphaTest)}function c(m,d){m.diffuse.value.copy(d.color),m.opacity.value=d.opacity,m.rotation.value=d.rotation,d.map&&(m.map.value=d.map,t(d.map,m.mapTransform)),d.alphaMap&&(m.alphaMap.value=d.alphaMap,t(d.alphaMap,m.alphaMapTransform)),d.alphaTest>0&&(m.alphaTest.value=d.alphaTest)}function h(m,d){m.specular.value.copy(d.specular),m.shininess.value=Math.max(d.shininess,1e-4)}function p(m,d){d.gradientMap&&(m.gradientMap.value=d.gradientMap)}function u(m,d){m.metalness.value=d.metalness,d.metalnessMap&&(m.metalnessMap.value=d.metalnessMap,t(d.metalnessMap,m.metalnessMapTransform)),m.roughness.value=d.roughness,d.roughnessMap&&(m.roughnessMap.value=d.roughnessMap,t(d.roughnessMap,m.roughnessMapTransform)),d.envMap&&(m.envMapIntensity.value=d.envMapIntensity)}function f(m,d,_){m.ior.value=d.ior,d.diffuseRoughness>0&&(m.diffuseRoughness.value=d.diffuseRoughness,d.diffuseRoughnessMap&&(m.diffuseRoughnessMap.value=d.diffuseRoughnessMap,t(d.diffuseRoughnessMap,m.diffuseRoughnessMapTransform))),d.sheen>0&&(m.sheenColor.value.copy(d.sheenColor).multiplyScalar(d.sheen),m.sheenRoughness.value=d.sheenRoughness,d.sheenColorMap&&(m.sheenColorMap.value=d.sheenColorMap,t(d.sheenColorMap,m.sheenColorMapTransform)),d.sheenRoughnessMap&&(m.sheenRoughnessMap.value=d.sheenRoughnessMap,t(d.sheenRoughnessMap,m.sheenRoughnessMapTransform))),d.clearcoat>0&&(m.clearcoat.value=d.clearcoat,m.clearcoatRoughness.value=d.clearcoatRoughness,d.clearcoatMap&&(m.clearcoatMap.value=d.clearcoatMap,t(d.clearcoatMap,m.clearcoatMapTransform)),d.clearcoatRoughnessMap&&(m.clearcoatRoughnessMap.value=d.clearcoatRoughnessMap,t(d.clearcoatRoughnessMap,m.clearcoatRoughnessMapTransform)),d.clearcoatNormalMap&&(m.clearcoatNormalMap.value=d.clearcoatNormalMap,t(d.clearcoatNormalMap,m.clearcoatNormalMapTransform),m.clearcoatNormalScale.value.copy(d.clearcoatNormalScale),d.side===Et&&m.clearcoatNormalScale.value.negate())),d.dispersion>0&&(m.dispersion.value=d.dispersion),d.retroreflectivity>0&&(m.retroreflectivity.value=d.retroreflectivity),d.iridescence>0&&(m.iridescence.value=d.iridescence,m.iridescenceIOR.value=d.iridescenceIOR,m.iridescenceThicknessMinimum.value=d.iridescenceThicknessMinimum,m.iridescenceThicknessMaximum.value=d.iridescenceThicknessMaximum,d.iridescenceMap&&(m.iridescenceMap.value=d.iridescenceMap,t(d.iridescenceMap,m.iridescenceMapTransform)),d.iridescenceThicknessMap&&(m.iridescenceThicknessMap.value=d.iridescenceThicknessMap,t(d.iridescenceThicknessMap,m.iridescenceThicknessMapTransform))),d.transmission>0&&(m.transmission.value=d.transmission,m.transmissionSamplerMap.value=_.texture,m.transmissionSamplerSize.value.set(_.width,_.height),d.transmissionMap&&(m.transmissionMap.value=d.transmissionMap,t(d.transmissionMap,m.transmissionMapTransform)),m.thickness.value=d.thickness,d.thicknessMap&&(m.thicknessMap.value=d.thicknessMap,t(d.thicknessMap,m.thicknessMapTransform)),m.attenuationDistance.value=d.attenuationDistance,m.attenuationColor.value.copy(d.attenuationColor)),d.anisotropy>0&&(m.anisotropyVector.value.set(d.anisotropy*Math.cos(d.anisotropyRotation),d.anisotropy*Math.sin(d.anisotropyRotation)),d.anisotropyMap&&(m.anisotropyMap.value=d.anisotropyMap,t(d.anisotropyMap,m.anisotropyMapTransform))),m.specularIntensity.value=d.specularIntensity,m.specularColor.value.copy(d.specularColor),d.specularColorMap&&(m.specularColorMap.value=d.specularColorMap,t(d.specularColorMap,m.specularColorMapTransform)),d.specularIntensityMap&&(m.specularIntensityMap.value=d.specularIntensityMap,t(d.specularIntensityMap,m.specularIntensityMapTransform))}function x(m,d){d.matcap&&(m.matcap.value=d.matcap)}function S(m,d){let _=e.get(d).light;m.referencePosition.value.setFromMatrixPosition(_.matrixWorld),m.nearDistance.value=_.shadow.camera.near,m.farDistance.value=_.shadow.camera.far}return{refreshFogUniforms:n,refreshMaterialUniforms:s}}function Ry(i,e,t,n){let s={},r={};function o(_,E){let M=E.program;n.uniformBlockBinding(_,M,s[_.id])}function a(_,E){let M=s[_.id];M===void 0&&(x(_),M=l(_),s[_.id]=M,_.addEventListener("dispose",m));let A=E.program;n.updateUBOMapping(_,A);let T=e.render.frame;r[_.id]!==T&&(c(_),r[_.id]=T)}function l(_){let E=i.createBuffer(),M=_.__size,A=_.usage;return i.bindBuffer(i.UNIFORM_BUFFER,E),i.bufferData(i.UNIFORM_BUFFER,M,A),i.bindBuffer(i.UNIFORM_BUFFER,null),E}function c(_){let E=s[_.id],M=_.uniforms,A=_.__cache;i.bindBuffer(i.UNIFORM_BUFFER,E);for(let T=0,g=M.length;T<g;T++){let b=M[T];if(Array.isArray(b))for(let N=0,C=b.length;N<C;N++)h(b[N],T,N,A);else h(b,T,0,A)}i.bindBuffer(i.UNIFORM_BUFFER,null)}function h(_,E,M,A){if(u(_,E,M,A)===!0){let T=_.__offset,g=_.value;if(Array.isArray(g)){let b=0;for(let N=0;N<g.length;N++){let C=g[N],D=S(C,!0);p(C,_.__data,b),b+=D.storage/Float32Array.BYTES_PER_ELEMENT}}else p(g,_.__data,0);i.bufferSubData(i.UNIFORM_BUFFER,T,_.__data)}}function p(_,E,M){typeof _=="number"||typeof _=="boolean"?E[M]=_:_.isMatrix3?(E[M]=_.elements[0],E[M+1]=_.elements[1],E[M+2]=_.elements[2],E[M+3]=0,E[M+4]=_.elements[3],E[M+5]=_.elements[4],E[M+6]=_.elements[5],E[M+7]=0,E[M+8]=_.elements[6],E[M+9]=_.elements[7],E[M+10]=_.elements[8],E[M+11]=0):ArrayBuffer.isView(_)?E.set(_.subarray(0,E.length-M),M):_.toArray(E,M)}function u(_,E,M,A){let T=_.value,g=E+"_"+M;if(Array.isArray(T)){A[g]===void 0&&(A[g]=[]);let b=A[g],N=!1;for(let C=0;C<T.length;C++)f(T[C],b,C)===!0&&(N=!0);return N}return f(T,A,g)}function f(_,E,M){if(E[M]===void 0)return typeof _=="number"||typeof _=="boolean"?E[M]=_:ArrayBuffer.isView(_)?E[M]=_.slice():E[M]=_.clone(),!0;{let A=E[M];if(typeof _=="number"||typeof _=="boolean"){if(A!==_)return E[M]=_,!0}else{if(ArrayBuffer.isView(_))return!0;if(A.equals(_)===!1)return A.copy(_),!0}}return!1}function x(_){let E=_.uniforms,M=0,A=16;for(let g=0,b=E.length;g<b;g++){let N=Array.isArray(E[g])?E[g]:[E[g]];for(let C=0,D=N.length;C<D;C++){let k=N[C],q=Array.isArray(k.value)?k.value:[k.value],I=Array.isArray(E[g])||Array.isArray(k.value),W=M;for(let V=0,te=q.length;V<te;V++){let H=q[V],Q=S(H,I),$=M%A,Se=$%Q.boundary,Ue=$+Se;M+=Se,Ue!==0&&A-Ue<Q.storage&&(M+=A-Ue),V===0&&(W=M),M+=Q.storage}let J=k.type==="int"?Int32Array:k.type==="uint"?Uint32Array:Float32Array;k.__data=new J((M-W)/Float32Array.BYTES_PER_ELEMENT),k.__offset=W}}let T=M%A;return T>0&&(M+=A-T),_.__size=M,_.__cache={},this}function S(_,E){let M={boundary:0,storage:0};return typeof _=="number"||typeof _=="boolean"?(M.boundary=4,M.storage=4):_.isVector2?(M.boundary=8,M.storage=8):_.isVector3||_.isColor?(M.boundary=16,M.storage=12):_.isVector4?(M.boundary=16,M.storage=16):_.isMatrix3?(M.boundary=16,M.storage=48):_.isMatrix4?(M.boundary=16,M.storage=64):_.isTexture?Re("WebGLRenderer: Texture samplers can not be part of an uniforms group."):ArrayBuffer.isView(_)?(M.boundary=16,M.storage=_.byteLength):Re("WebGLRenderer: Unsupported uniform value type.",_),E===!0&&(M.boundary=16,M.storage=Math.ceil(M.storage/16)*16),M}function m(_){let E=_.target;E.removeEventListener("dispose",m),i.deleteBuffer(s[E.id]),delete s[E.id],delete r[E.id]}function d(){for(let _ in s)i.deleteBuffer(s[_]);s={},r={}}return{bind:o,update:a,dispose:d}}var Cy=new Uint16Array([12469,15057,12620,14925,13266,14620,13807,14376,14323,13990,14545,13625,14713,13328,14840,12882,14931,12528,14996,12233,15039,11829,15066,11525,15080,11295,15085,10976,15082,10705,15073,10495,13880,14564,13898,14542,13977,14430,14158,14124,14393,13732,14556,13410,14702,12996,14814,12596,14891,12291,14937,11834,14957,11489,14958,11194,14943,10803,14921,10506,14893,10278,14858,9960,14484,14039,14487,14025,14499,13941,14524,13740,14574,13468,14654,13106,14743,12678,14818,12344,14867,11893,14889,11509,14893,11180,14881,10751,14852,10428,14812,10128,14765,9754,14712,9466,14764,13480,14764,13475,14766,13440,14766,13347,14769,13070,14786,12713,14816,12387,14844,11957,14860,11549,14868,11215,14855,10751,14825,10403,14782,10044,14729,9651,14666,9352,14599,9029,14967,12835,14966,12831,14963,12804,14954,12723,14936,12564,14917,12347,14900,11958,14886,11569,14878,11247,14859,10765,14828,10401,14784,10011,14727,9600,14660,9289,14586,8893,14508,8533,15111,12234,15110,12234,15104,12216,15092,12156,15067,12010,15028,11776,14981,11500,14942,11205,14902,10752,14861,10393,14812,9991,14752,9570,14682,9252,14603,8808,14519,8445,14431,8145,15209,11449,15208,11451,15202,11451,15190,11438,15163,11384,15117,11274,15055,10979,14994,10648,14932,10343,14871,9936,14803,9532,14729,9218,14645,8742,14556,8381,14461,8020,14365,7603,15273,10603,15272,10607,15267,10619,15256,10631,15231,10614,15182,10535,15118,10389,15042,10167,14963,9787,14883,9447,14800,9115,14710,8665,14615,8318,14514,7911,14411,7507,14279,7198,15314,9675,15313,9683,15309,9712,15298,9759,15277,9797,15229,9773,15166,9668,15084,9487,14995,9274,14898,8910,14800,8539,14697,8234,14590,7790,14479,7409,14367,7067,14178,6621,15337,8619,15337,8631,15333,8677,15325,8769,15305,8871,15264,8940,15202,8909,15119,8775,15022,8565,14916,8328,14804,8009,14688,7614,14569,7287,14448,6888,14321,6483,14088,6171,15350,7402,15350,7419,15347,7480,15340,7613,15322,7804,15287,7973,15229,8057,15148,8012,15046,7846,14933,7611,14810,7357,14682,7069,14552,6656,14421,6316,14251,5948,14007,5528,15356,5942,15356,5977,15353,6119,15348,6294,15332,6551,15302,6824,15249,7044,15171,7122,15070,7050,14949,6861,14818,6611,14679,6349,14538,6067,14398,5651,14189,5311,13935,4958,15359,4123,15359,4153,15356,4296,15353,4646,15338,5160,15311,5508,15263,5829,15188,6042,15088,6094,14966,6001,14826,5796,14678,5543,14527,5287,14377,4985,14133,4586,13869,4257,15360,1563,15360,1642,15358,2076,15354,2636,15341,3350,15317,4019,15273,4429,15203,4732,15105,4911,14981,4932,14836,4818,14679,4621,14517,4386,14359,4156,14083,3795,13808,3437,15360,122,15360,137,15358,285,15355,636,15344,1274,15322,2177,15281,2765,15215,3223,15120,3451,14995,3569,14846,3567,14681,3466,14511,3305,14344,3121,14037,2800,13753,2467,15360,0,15360,1,15359,21,15355,89,15346,253,15325,479,15287,796,15225,1148,15133,1492,15008,1749,14856,1882,14685,1886,14506,1783,14324,1608,13996,1398,13702,1183]),Tn=null;function Py(){return Tn===null&&(Tn=new Cs(Cy,16,16,ri,fn),Tn.name="DFG_LUT",Tn.minFilter=Ot,Tn.magFilter=Ot,Tn.wrapS=xn,Tn.wrapT=xn,Tn.generateMipmaps=!1,Tn.needsUpdate=!0),Tn}var ca=class{constructor(e={}){let{canvas:t=su(),context:n=null,depth:s=!0,stencil:r=!1,alpha:o=!1,antialias:a=!1,premultipliedAlpha:l=!0,preserveDrawingBuffer:c=!1,powerPreference:h="default",failIfMajorPerformanceCaveat:p=!1,reversedDepthBuffer:u=!1,outputBufferType:f=Ht}=e;this.isWebGLRenderer=!0;let x;if(n!==null){if(typeof WebGLRenderingContext<"u"&&n instanceof WebGLRenderingContext)throw new Error("THREE.WebGLRenderer: WebGL 1 is not supported since r163.");x=n.getContextAttributes().alpha}else x=o;let S=f,m=new Set([Co,Ro,Ao]),d=new Set([Ht,dn,ts,Si,wo,To]),_=new Uint32Array(4),E=new Int32Array(4),M={textures:[],min:[],max:[],resolution:[]},A=null,T=null,g=[],b=[],N=null;this.domElement=t,this.debug={checkShaderErrors:!0,diagnostics:{keywords:!1},onShaderError:null},this.autoClear=!0,this.autoClearColor=!0,this.autoClearDepth=!0,this.autoClearStencil=!0,this.sortObjects=!0,this.clippingPlanes=[],this.localClippingEnabled=!1,this.toneMapping=wn,this.toneMappingExposure=1,this.transmissionResolutionScale=1;let C=this,D=!1,k=null,q=null,I=null,W=null;this._outputColorSpace=Yt;let J=0,V=0,te=null,H=-1,Q=null,$=new ot,Se=new ot,Ue=null,Z=new Fe(0),pe=0,xe=t.width,Ee=t.height,me=1,Ne=null,ct=null,Ce=new ot(0,0,xe,Ee),Je=new ot(0,0,xe,Ee),$e=!1,Ve=new jn,Mt=new to,dt=!1,kt=!1,at=new Qe,gn=new U,yt=new ot,jt={background:null,fog:null,environment:null,overrideMaterial:null,isScene:!0},Qt=!1;function $t(){return te===null?me:1}let L=n;function en(v,P){return t.getContext(v,P)}let it,st,ue,ft,Ae,Le,w,y,O,ee,j,se,ce,X,Y,oe,R,K,G,ae,ie,re,Me;try{let v={alpha:!0,depth:s,stencil:r,antialias:a,premultipliedAlpha:l,preserveDrawingBuffer:c,powerPreference:h,failIfMajorPerformanceCaveat:p};if("setAttribute"in t&&t.setAttribute("data-engine",`three.js r${"187"}`),t.addEventListener("webglcontextlost",we,!1),t.addEventListener("webglcontextrestored",Oe,!1),t.addEventListener("webglcontextcreationerror",de,!1),L===null){let P="webgl2";if(L=en(P,v),L===null)throw en(P)?new Error("THREE.WebGLRenderer: Error creating WebGL context with your selected attributes."):new Error("THREE.WebGLRenderer: Error creating WebGL context.")}Be()}catch(v){throw t.removeEventListener("webglcontextlost",we,!1),t.removeEventListener("webglcontextrestored",Oe,!1),t.removeEventListener("webglcontextcreationerror",de,!1),Pe("WebGLRenderer: "+v.message),v}function Be(){it=new Vg(L),it.init(),ie=new My(L,it),st=new Pg(L,it,e,ie),ue=new Sy(L,it),st.reversedDepthBuffer&&u&&ue.buffers.depth.setReversed(!0),q=L.createFramebuffer(),I=L.createFramebuffer(),W=L.createFramebuffer(),ft=new Wg(L),Ae=new ay,Le=new by(L,it,ue,Ae,st,ie,ft),w=new zg(C),y=new qf(L),re=new Rg(L,y),O=new Gg(L,y,ft,re),ee=new qg(L,O,y,re,ft),K=new Xg(L,st,Le),Y=new Ig(Ae),j=new oy(C,w,it,st,re,Y),se=new Ay(C,Ae),ce=new cy,X=new my(it),R=new Ag(C,w,ue,ee,x,l),oe=new _y(C,ee,st),Me=new Ry(L,ft,st,ue),G=new Cg(L,it,ft),ae=new Hg(L,it,ft),ft.programs=j.programs,C.capabilities=st,C.extensions=it,C.properties=Ae,C.renderLists=ce,C.shadowMap=oe,C.state=ue,C.info=ft}S!==Ht&&(N=new Zg(S,t.width,t.height,a,s,r));let ne=new uc(C,L);this.xr=ne,this.getContext=function(){return L},this.getContextAttributes=function(){return L.getContextAttributes()},this.forceContextLoss=function(){let v=it.get("WEBGL_lose_context");v&&v.loseContext()},this.forceContextRestore=function(){let v=it.get("WEBGL_lose_context");v&&v.restoreContext()},this.getPixelRatio=function(){return me},this.setPixelRatio=function(v){v!==void 0&&(me=v,this.setSize(xe,Ee,!1))},this.getSize=function(v){return v.set(xe,Ee)},this.setSize=function(v,P,z=!0){if(ne.isPresenting){Re("WebGLRenderer: Can't change size while VR device is presenting.");return}xe=v,Ee=P,t.width=Math.floor(v*me),t.height=Math.floor(P*me),z===!0&&(t.style.width=v+"px",t.style.height=P+"px"),N!==null&&N.setSize(t.width,t.height),this.setViewport(0,0,v,P)},this.getDrawingBufferSize=function(v){return v.set(xe*me,Ee*me).floor()},this.setDrawingBufferSize=function(v,P,z){xe=v,Ee=P,me=z,t.width=Math.floor(v*z),t.height=Math.floor(P*z),this.setViewport(0,0,v,P)},this.setEffects=function(v){if(S===Ht){Pe("WebGLRenderer: setEffects() requires outputBufferType set to HalfFloatType or FloatType.");return}if(v){for(let P=0;P<v.length;P++)if(v[P].isOutputPass===!0){Re("WebGLRenderer: OutputPass is not needed in setEffects(). Tone mapping and color space conversion are applied automatically.");break}}N.setEffects(v||[])},this.getCurrentViewport=function(v){return v.copy($)},this.getViewport=function(v){return v.copy(Ce)},this.setViewport=function(v,P,z,F){v.isVector4?Ce.set(v.x,v.y,v.z,v.w):Ce.set(v,P,z,F),ue.viewport($.copy(Ce).multiplyScalar($t()).round())},this.getScissor=function(v){return v.copy(Je)},this.setScissor=function(v,P,z,F){v.isVector4?Je.set(v.x,v.y,v.z,v.w):Je.set(v,P,z,F),ue.scissor(Se.copy(Je).multiplyScalar($t()).round())},this.getScissorTest=function(){return $e},this.setScissorTest=function(v){ue.setScissorTest($e=v)},this.setOpaqueSort=function(v){Ne=v},this.setTransparentSort=function(v){ct=v},this.getClearColor=function(v){return v.copy(R.getClearColor())},this.setClearColor=function(){R.setClearColor(...arguments)},this.getClearAlpha=function(){return R.getClearAlpha()},this.setClearAlpha=function(){R.setClearAlpha(...arguments)},this.clear=function(v=!0,P=!0,z=!0){let F=0;if(v){let B=!1;if(te!==null){let he=te.texture.format;B=m.has(he)}if(B){let he=te.texture.type,ye=d.has(he),le=R.getClearColor(),ge=R.getClearAlpha(),be=le.r,De=le.g,Ge=le.b;ye?(_[0]=be,_[1]=De,_[2]=Ge,_[3]=ge,L.clearBufferuiv(L.COLOR,0,_)):(E[0]=be,E[1]=De,E[2]=Ge,E[3]=ge,L.clearBufferiv(L.COLOR,0,E))}else F|=L.COLOR_BUFFER_BIT}P&&(F|=L.DEPTH_BUFFER_BIT,this.state.buffers.depth.setMask(!0)),z&&(F|=L.STENCIL_BUFFER_BIT,this.state.buffers.stencil.setMask(4294967295)),F!==0&&L.clear(F)},this.clearColor=function(){this.clear(!0,!1,!1)},this.clearDepth=function(){this.clear(!1,!0,!1)},this.clearStencil=function(){this.clear(!1,!1,!0)},this.setNodesHandler=function(v){v.setRenderer(this),k=v},this.dispose=function(){t.removeEventListener("webglcontextlost",we,!1),t.removeEventListener("webglcontextrestored",Oe,!1),t.removeEventListener("webglcontextcreationerror",de,!1),R.dispose(),ce.dispose(),X.dispose(),Le.dispose(),Ae.dispose(),w.dispose(),ee.dispose(),O.dispose(),re.dispose(),Me.dispose(),j.dispose(),ne.dispose(),ne.removeEventListener("sessionstart",Ic),ne.removeEventListener("sessionend",Lc),oi.stop()};function we(v){v.preventDefault(),Yl("WebGLRenderer: Context Lost."),D=!0}function Oe(){Yl("WebGLRenderer: Context Restored."),D=!1;let v=ft.autoReset,P=oe.enabled,z=oe.autoUpdate,F=oe.needsUpdate,B=oe.type;Be(),ft.autoReset=v,oe.enabled=P,oe.autoUpdate=z,oe.needsUpdate=F,oe.type=B}function de(v){Pe("WebGLRenderer: A WebGL context could not be created. Reason: ",v.statusMessage)}function je(v){let P=v.target;P.removeEventListener("dispose",je),xt(P)}function xt(v){Hn(v),Ae.remove(v)}function Hn(v){let P=Ae.get(v).programs;P!==void 0&&(P.forEach(function(z){j.releaseProgram(z)}),v.isShaderMaterial&&j.releaseShaderCache(v))}this.renderBufferDirect=function(v,P,z,F,B,he){P===null&&(P=jt);let ye=B.isMesh&&B.matrixWorld.determinantAffine()<0,le=Ed(v,P,z,F,B);ue.setMaterial(F,ye);let ge=z.index,be=1;if(F.wireframe===!0){if(ge=O.getWireframeAttribute(z),ge===void 0)return;be=2}let De=z.drawRange,Ge=z.attributes.position,ve=De.start*be,He=(De.start+De.count)*be;he!==null&&(ve=Math.max(ve,he.start*be),He=Math.min(He,(he.start+he.count)*be)),ge!==null?(ve=Math.max(ve,0),He=Math.min(He,ge.count)):Ge!=null&&(ve=Math.max(ve,0),He=Math.min(He,Ge.count));let ht=He-ve;if(ht<0||ht===1/0)return;re.setup(B,F,le,z,ge);let tt,et=G;if(ge!==null&&(tt=y.get(ge),et=ae,et.setIndex(tt)),B.isMesh)F.wireframe===!0?(ue.setLineWidth(F.wireframeLinewidth*$t()),et.setMode(L.LINES)):et.setMode(L.TRIANGLES);else if(B.isLine){let Rt=F.linewidth;Rt===void 0&&(Rt=1),ue.setLineWidth(Rt*$t()),B.isLineSegments?et.setMode(L.LINES):B.isLineLoop?et.setMode(L.LINE_LOOP):et.setMode(L.LINE_STRIP)}else B.isPoints?et.setMode(L.POINTS):B.isSprite&&et.setMode(L.TRIANGLES);if(B.isBatchedMesh)if(it.get("WEBGL_multi_draw"))et.renderMultiDraw(B._multiDrawStarts,B._multiDrawCounts,B._multiDrawCount);else{let Rt=B._multiDrawStarts,_e=B._multiDrawCounts,Nt=B._multiDrawCount,qe=ge?y.get(ge).bytesPerElement:1,ai=Ae.get(F).currentProgram.getUniforms();for(let Ct=0;Ct<Nt;Ct++)ai.setValue(L,"_gl_DrawID",Ct),et.render(Rt[Ct]/qe,_e[Ct])}else if(B.isInstancedMesh)et.renderInstances(ve,ht,B.count);else if(z.isInstancedBufferGeometry){let Rt=z._maxInstanceCount!==void 0?z._maxInstanceCount:1/0,_e=Math.min(z.instanceCount,Rt);et.renderInstances(ve,ht,_e)}else et.render(ve,ht)};function Pc(v,P,z,F){k!==null&&v.isNodeMaterial&&k.setObject(F,v),dt===!0&&Y.setState(v,z,!1),v.transparent===!0&&v.side===Mn&&v.forceSinglePass===!1?(v.side=Et,v.needsUpdate=!0,hs(v,P,F),v.side=si,v.needsUpdate=!0,hs(v,P,F),v.side=Mn):hs(v,P,F)}this.compile=function(v,P,z=null){z===null&&(z=v),k!==null&&k.renderStart(v,P,z),T=X.get(z),T.init(P),b.push(T),z.traverseVisible(function(B){B.isLight&&B.layers.test(P.layers)&&(T.pushLight(B),B.castShadow&&T.pushShadow(B))}),v!==z&&v.traverseVisible(function(B){B.isLight&&B.layers.test(P.layers)&&(T.pushLight(B),B.castShadow&&T.pushShadow(B))}),T.setupLights(),k!==null&&k.updateLights(T.state.lightsArray),kt=this.localClippingEnabled,dt=Y.init(this.clippingPlanes,kt),dt===!0&&Y.setGlobalState(this.clippingPlanes,P),k!==null&&oe.render(T.state.shadowsArray,z,P);let F=new Set;return v.traverse(function(B){if(!(B.isMesh||B.isPoints||B.isLine||B.isSprite))return;let he=B.material;if(he)if(Array.isArray(he))for(let ye=0;ye<he.length;ye++){let le=he[ye];Pc(le,z,P,B),F.add(le)}else Pc(he,z,P,B),F.add(he)}),T=b.pop(),k!==null&&k.renderEnd(),F},this.compileAsync=function(v,P,z=null){let F=this.compile(v,P,z);return new Promise(B=>{function he(){if(F.forEach(function(ye){let ge=Ae.get(ye).currentProgram;(ge===void 0||ge.isReady())&&F.delete(ye)}),F.size===0){B(v);return}setTimeout(he,10)}it.get("KHR_parallel_shader_compile")!==null?he():setTimeout(he,10)})};let Wa=null;function wd(v){Wa&&Wa(v)}function Ic(){oi.stop()}function Lc(){oi.start()}let oi=new Nu;oi.setAnimationLoop(wd),typeof self<"u"&&oi.setContext(self),this.setAnimationLoop=function(v){Wa=v,ne.setAnimationLoop(v),v===null?oi.stop():oi.start()},ne.addEventListener("sessionstart",Ic),ne.addEventListener("sessionend",Lc),this.render=function(v,P){if(P!==void 0&&P.isCamera!==!0){Pe("WebGLRenderer.render: camera is not an instance of THREE.Camera.");return}if(D===!0)return;k!==null&&k.renderStart(v,P);let z=ne.enabled===!0&&ne.isPresenting===!0,F=N!==null&&(te===null||z)&&N.begin(C,te);if(v.matrixWorldAutoUpdate===!0&&v.updateMatrixWorld(),P.parent===null&&P.matrixWorldAutoUpdate===!0&&P.updateMatrixWorld(),ne.enabled===!0&&ne.isPresenting===!0&&(N===null||N.isCompositing()===!1)&&(ne.cameraAutoUpdate===!0&&ne.updateCamera(P),P=ne.getCamera()),v.isScene===!0&&v.onBeforeRender(C,v,P,te),T=X.get(v,b.length),T.init(P),T.state.textureUnits=Le.getTextureUnits(),b.push(T),at.multiplyMatrices(P.projectionMatrix,P.matrixWorldInverse),P.isArrayCamera?Mt.setFromArrayCamera(P):Ve.setFromProjectionMatrix(at,nn,P.reversedDepth),kt=this.localClippingEnabled,dt=Y.init(this.clippingPlanes,kt),A=ce.get(v,g.length),A.init(),g.push(A),this.info.render.frame++,ne.enabled===!0&&ne.isPresenting===!0){let ye=C.xr.getDepthSensingMesh();ye!==null&&Xa(ye,P,-1/0,C.sortObjects)}Xa(v,P,0,C.sortObjects),A.finish(),k!==null&&k.updateLights(T.state.lightsArray),C.sortObjects===!0&&A.sort(Ne,ct),Qt=ne.enabled===!1||ne.isPresenting===!1||ne.hasDepthSensing()===!1,Qt&&R.addToRenderList(A,v),this.info.autoReset===!0&&this.info.reset(),dt===!0&&Y.beginShadows();let B=T.state.shadowsArray;if(oe.render(B,v,P),dt===!0&&Y.endShadows(),(F&&N.hasRenderPass())===!1){let ye=A.opaque,le=A.transmissive;if(T.setupLights(),P.isArrayCamera){let ge=P.cameras;if(le.length>0)for(let be=0,De=ge.length;be<De;be++){let Ge=ge[be];Dc(ye,le,v,Ge)}Qt&&R.render(v);for(let be=0,De=ge.length;be<De;be++){let Ge=ge[be];Uc(A,v,Ge,Ge.viewport)}}else le.length>0&&Dc(ye,le,v,P),Qt&&R.render(v),Uc(A,v,P)}te!==null&&V===0&&(Le.updateMultisampleRenderTarget(te),Le.updateRenderTargetMipmap(te)),F&&N.end(C),v.isScene===!0&&v.onAfterRender(C,v,P),re.resetDefaultState(),H=-1,Q=null,b.pop(),b.length>0?(T=b[b.length-1],Le.setTextureUnits(T.state.textureUnits),dt===!0&&Y.setGlobalState(C.clippingPlanes,T.state.camera)):T=null,g.pop(),g.length>0?A=g[g.length-1]:A=null,k!==null&&k.renderEnd()};function Xa(v,P,z,F){if(v.visible===!1)return;if(v.layers.test(P.layers)){if(v.isGroup)z=v.renderOrder;else if(v.isLOD)v.autoUpdate===!0&&v.update(P);else if(v.isLight)T.pushLight(v),v.castShadow&&T.pushShadow(v);else if(v.isSprite){let ye=P.isArrayCamera?Mt:Ve;if(!v.frustumCulled||v.intersectsFrustum(ye)){F&&yt.setFromMatrixPosition(v.matrixWorld).applyMatrix4(at);let le=ee.update(v),ge=v.material;ge.visible&&A.push(v,le,ge,z,yt.z,null,P)}}else if(v.isMesh||v.isLine||v.isPoints){let ye=P.isArrayCamera?Mt:Ve;if(!v.frustumCulled||v.intersectsFrustum(ye)){let le=ee.update(v),ge=v.material;if(F&&(v.boundingSphere!==void 0?(v.boundingSphere===null&&v.computeBoundingSphere(),yt.copy(v.boundingSphere.center)):(le.boundingSphere===null&&le.computeBoundingSphere(),yt.copy(le.boundingSphere.center)),yt.applyMatrix4(v.matrixWorld).applyMatrix4(at)),Array.isArray(ge)){let be=le.groups;for(let De=0,Ge=be.length;De<Ge;De++){let ve=be[De],He=ge[ve.materialIndex];He&&He.visible&&A.push(v,le,He,z,yt.z,ve,P)}}else ge.visible&&A.push(v,le,ge,z,yt.z,null,P)}}}let he=v.children;for(let ye=0,le=he.length;ye<le;ye++)Xa(he[ye],P,z,F)}function Uc(v,P,z,F){let{opaque:B,transmissive:he,transparent:ye}=v;T.setupLightsView(z),dt===!0&&Y.setGlobalState(C.clippingPlanes,z),F&&ue.viewport($.copy(F)),B.length>0&&cr(B,P,z),he.length>0&&cr(he,P,z),ye.length>0&&cr(ye,P,z),ue.buffers.depth.setTest(!0),ue.buffers.depth.setMask(!0),ue.buffers.color.setMask(!0),ue.setPolygonOffset(!1)}function Dc(v,P,z,F){if((z.isScene===!0?z.overrideMaterial:null)!==null)return;if(T.state.transmissionRenderTarget[F.id]===void 0){let ve=it.has("EXT_color_buffer_half_float")||it.has("EXT_color_buffer_float");T.state.transmissionRenderTarget[F.id]=new Kt(1,1,{generateMipmaps:!0,type:ve?fn:Ht,minFilter:kn,samples:Math.max(4,st.samples),stencilBuffer:r,resolveDepthBuffer:!1,resolveStencilBuffer:!1,storeMultisampledDepthBuffer:!1,storeMultisampledStencilBuffer:!1,colorSpace:We.workingColorSpace})}let he=T.state.transmissionRenderTarget[F.id],ye=F.viewport||$;he.setSize(ye.z*C.transmissionResolutionScale,ye.w*C.transmissionResolutionScale);let le=C.getRenderTarget(),ge=C.getActiveCubeFace(),be=C.getActiveMipmapLevel();C.setRenderTarget(he),C.getClearColor(Z),pe=C.getClearAlpha(),pe<1&&C.setClearColor(16777215,.5),C.clear(),Qt&&R.render(z);let De=C.toneMapping;C.toneMapping=wn;let Ge=F.viewport;if(F.viewport!==void 0&&(F.viewport=void 0),T.setupLightsView(F),dt===!0&&Y.setGlobalState(C.clippingPlanes,F),cr(v,z,F),Le.updateMultisampleRenderTarget(he),Le.updateRenderTargetMipmap(he),it.has("WEBGL_multisampled_render_to_texture")===!1){let ve=!1;for(let He=0,ht=P.length;He<ht;He++){let tt=P[He],{object:et,geometry:Rt,material:_e,group:Nt}=tt;if(_e.side===Mn&&et.layers.test(F.layers)){let qe=_e.side;_e.side=Et,_e.needsUpdate=!0,Nc(et,z,F,Rt,_e,Nt),_e.side=qe,_e.needsUpdate=!0,ve=!0}}ve===!0&&(Le.updateMultisampleRenderTarget(he),Le.updateRenderTargetMipmap(he))}C.setRenderTarget(le,ge,be),C.setClearColor(Z,pe),Ge!==void 0&&(F.viewport=Ge),C.toneMapping=De}function cr(v,P,z){let F=P.isScene===!0?P.overrideMaterial:null;for(let B=0,he=v.length;B<he;B++){let ye=v[B],{object:le,geometry:ge,group:be}=ye,De=ye.material;De.allowOverride===!0&&F!==null&&(De=F),le.layers.test(z.layers)&&Nc(le,P,z,ge,De,be)}}function Nc(v,P,z,F,B,he){k!==null&&B.isNodeMaterial&&k.setObject(v,B),v.onBeforeRender(C,P,z,F,B,he),v.modelViewMatrix.multiplyMatrices(z.matrixWorldInverse,v.matrixWorld),v.normalMatrix.getNormalMatrix(v.modelViewMatrix),B.onBeforeRender(C,P,z,F,v,he),B.transparent===!0&&B.side===Mn&&B.forceSinglePass===!1?(B.side=Et,B.needsUpdate=!0,C.renderBufferDirect(z,P,F,B,v,he),B.side=si,B.needsUpdate=!0,C.renderBufferDirect(z,P,F,B,v,he),B.side=Mn):C.renderBufferDirect(z,P,F,B,v,he),v.onAfterRender(C,P,z,F,B,he)}function Fc(v){let P=0;for(let z of v)z.texture!==null&&P++;return P}function hs(v,P,z){P.isScene!==!0&&(P=jt);let F=Ae.get(v),B=T.state.lights,he=T.state.shadowsArray,ye=B.state.version,le=j.getParameters(v,B.state,he,P,z,T.state.lightProbeGridArray),ge=j.getProgramCacheKey(le),be=F.programs;F.environment=v.isMeshStandardMaterial||v.isMeshLambertMaterial||v.isMeshPhongMaterial?P.environment:null,F.fog=P.fog;let De=v.isMeshStandardMaterial||v.isMeshLambertMaterial&&!v.envMap||v.isMeshPhongMaterial&&!v.envMap;F.envMap=w.get(v.envMap||F.environment,De),F.envMapRotation=F.environment!==null&&v.envMap===null?P.environmentRotation:v.envMapRotation,be===void 0&&(v.addEventListener("dispose",je),be=new Map,F.programs=be,F.programVariants=new Map);let Ge=be.get(ge);if(Ge!==void 0){if(F.currentProgram===Ge&&F.lightsStateVersion===ye)return Bc(v,le),Ge}else le.uniforms=j.getUniforms(v),k!==null&&v.isNodeMaterial&&k.build(v,z,le),v.onBeforeCompile(le,C),Ge=j.acquireProgram(le,ge),be.set(ge,Ge),F.uniforms=le.uniforms;let ve=F.uniforms;return(!v.isShaderMaterial&&!v.isRawShaderMaterial||v.clipping===!0)&&(ve.clippingPlanes=Y.uniform),Bc(v,le),F.needsLights=Rd(v),F.lightsStateVersion=ye,F.needsLights&&(ve.ambientLightColor.value=B.state.ambient,ve.lightProbe.value=B.state.probe,ve.sunLights.value=B.state.sun,ve.sunLightShadows.value=B.state.sunShadow,ve.directionalLights.value=B.state.directional,ve.directionalLightShadows.value=B.state.directionalShadow,ve.spotLights.value=B.state.spot,ve.spotLightShadows.value=B.state.spotShadow,ve.rectAreaLights.value=B.state.rectArea,ve.ltc_1.value=B.state.rectAreaLTC1,ve.ltc_2.value=B.state.rectAreaLTC2,ve.pointLights.value=B.state.point,ve.pointLightShadows.value=B.state.pointShadow,ve.hemisphereLights.value=B.state.hemi,ve.sunShadowMatrix.value=B.state.sunShadowMatrix,ve.sunShadowCascade.value=B.state.sunShadowCascade,ve.directionalShadowMatrix.value=B.state.directionalShadowMatrix,ve.spotLightMatrix.value=B.state.spotLightMatrix,ve.spotLightMap.value=B.state.spotLightMap,ve.pointShadowMatrix.value=B.state.pointShadowMatrix),F.numLightProbeGrids=Fc(T.state.lightProbeGridArray),F.currentProgram=Ge,F.uniformsList=null,Ge}function Td(v,P,z,F,B){let he=Ae.get(v),ye=he.currentProgram.id+","+F+","+B,le=he.programVariants.get(ye);return le===void 0?(le=hs(v,P,z),he.programVariants.set(ye,le)):(he.currentProgram=le,he.uniformsList=null,he.outputColorSpace=F,he.toneMapping=B),le}function Oc(v){if(v.uniformsList===null){let P=v.currentProgram.getUniforms();v.uniformsList=is.seqWithValue(P.seq,v.uniforms)}return v.uniformsList}function Bc(v,P){let z=Ae.get(v);z.outputColorSpace=P.outputColorSpace,z.batching=P.batching,z.batchingColor=P.batchingColor,z.instancing=P.instancing,z.instancingColor=P.instancingColor,z.instancingMorph=P.instancingMorph,z.skinning=P.skinning,z.morphTargets=P.morphTargets,z.morphNormals=P.morphNormals,z.morphColors=P.morphColors,z.morphTargetsCount=P.morphTargetsCount,z.numClippingPlanes=P.numClippingPlanes,z.numIntersection=P.numClipIntersection,z.vertexAlphas=P.vertexAlphas,z.vertexTangents=P.vertexTangents,z.toneMapping=P.toneMapping}function Ed(v,P,z,F,B){P.isScene!==!0&&(P=jt),Le.resetTextureUnits();let he=P.fog,ye=F.isMeshStandardMaterial||F.isMeshLambertMaterial||F.isMeshPhongMaterial?P.environment:null,le=te===null?C.outputColorSpace:te.isXRRenderTarget===!0?te.texture.colorSpace:We.workingColorSpace,ge=F.isMeshStandardMaterial||F.isMeshLambertMaterial&&!F.envMap||F.isMeshPhongMaterial&&!F.envMap,be=w.get(F.envMap||ye,ge),De=F.vertexColors===!0&&!!z.attributes.color&&z.attributes.color.itemSize===4,Ge=!!z.attributes.tangent&&(!!F.normalMap||F.anisotropy>0),ve=!!z.morphAttributes.position,He=!!z.morphAttributes.normal,ht=!!z.morphAttributes.color,tt=wn;F.toneMapped&&(te===null||te.isXRRenderTarget===!0)&&(tt=C.toneMapping);let et=z.morphAttributes.position||z.morphAttributes.normal||z.morphAttributes.color,Rt=et!==void 0?et.length:0,_e=Ae.get(F),Nt=T.state.lights;if(dt===!0&&(kt===!0||v!==Q)){let lt=v===Q&&F.id===H;Y.setState(F,v,lt)}let qe=!1,ai=!1;F.version===_e.__version?_e.needsLights&&_e.lightsStateVersion!==Nt.state.version||B.isBatchedMesh&&_e.batching===!1||!B.isBatchedMesh&&_e.batching===!0||B.isBatchedMesh&&_e.batchingColor===!0&&B._colorsTexture===null||B.isBatchedMesh&&_e.batchingColor===!1&&B._colorsTexture!==null||B.isInstancedMesh&&_e.instancing===!1||!B.isInstancedMesh&&_e.instancing===!0||B.isSkinnedMesh&&_e.skinning===!1||!B.isSkinnedMesh&&_e.skinning===!0||B.isInstancedMesh&&_e.instancingColor===!0&&B.instanceColor===null||B.isInstancedMesh&&_e.instancingColor===!1&&B.instanceColor!==null||B.isInstancedMesh&&_e.instancingMorph===!0&&B.morphTexture===null||B.isInstancedMesh&&_e.instancingMorph===!1&&B.morphTexture!==null||_e.envMap!==be||F.fog===!0&&_e.fog!==he||_e.numClippingPlanes!==void 0&&(_e.numClippingPlanes!==Y.numPlanes||_e.numIntersection!==Y.numIntersection)||_e.vertexAlphas!==De||_e.vertexTangents!==Ge||_e.morphTargets!==ve||_e.morphNormals!==He||_e.morphColors!==ht||_e.morphTargetsCount!==Rt||_e.numLightProbeGrids!==Fc(T.state.lightProbeGridArray)?qe=!0:(_e.outputColorSpace!==le||_e.toneMapping!==tt)&&(ai=!0):(qe=!0,_e.__version=F.version);let Ct=_e.currentProgram;(qe===!0||ai===!0)&&(Ct=ai===!0?Td(F,P,B,le,tt):hs(F,P,B),k&&F.isNodeMaterial&&k.onUpdateProgram(F,Ct,_e));let hr=!1,Wn=!1,li=!1,Xe=Ct.getUniforms(),wt=_e.uniforms;if(ue.useProgram(Ct.program)&&(hr=!0,Wn=!0,li=!0),F.id!==H&&(H=F.id,Wn=!0),hr||Q!==v){ue.buffers.depth.getReversed()&&v.reversedDepth!==!0&&(v._reversedDepth=!0,v.updateProjectionMatrix()),Xe.setValue(L,"projectionMatrix",v.projectionMatrix),Xe.setValue(L,"viewMatrix",v.matrixWorldInverse);let vt=Xe.map.cameraPosition;vt!==void 0&&vt.setValue(L,gn.setFromMatrixPosition(v.matrixWorld)),st.logarithmicDepthBuffer&&Xe.setValue(L,"logDepthBufFC",2/(Math.log(v.far+1)/Math.LN2)),(F.isMeshPhongMaterial||F.isMeshToonMaterial||F.isMeshLambertMaterial||F.isMeshBasicMaterial||F.isMeshStandardMaterial||F.isShaderMaterial)&&Xe.setValue(L,"isOrthographic",v.isOrthographicCamera===!0),Q!==v&&(Q=v,Wn=!0,li=!0)}if(_e.needsLights&&(Nt.state.sunShadowMap.length>0&&Xe.setValue(L,"sunShadowMap",Nt.state.sunShadowMap,Le),Nt.state.directionalShadowMap.length>0&&Xe.setValue(L,"directionalShadowMap",Nt.state.directionalShadowMap,Le),Nt.state.spotShadowMap.length>0&&Xe.setValue(L,"spotShadowMap",Nt.state.spotShadowMap,Le),Nt.state.pointShadowMap.length>0&&Xe.setValue(L,"pointShadowMap",Nt.state.pointShadowMap,Le)),B.isSkinnedMesh){Xe.setOptional(L,B,"bindMatrix"),Xe.setOptional(L,B,"bindMatrixInverse");let lt=B.skeleton;lt&&(lt.boneTexture===null&&lt.computeBoneTexture(),Xe.setValue(L,"boneTexture",lt.boneTexture,Le))}B.isBatchedMesh&&(Xe.setOptional(L,B,"batchingTexture"),Xe.setValue(L,"batchingTexture",B._matricesTexture,Le),Xe.setOptional(L,B,"batchingIdTexture"),Xe.setValue(L,"batchingIdTexture",B._indirectTexture,Le),Xe.setOptional(L,B,"batchingColorTexture"),B._colorsTexture!==null&&Xe.setValue(L,"batchingColorTexture",B._colorsTexture,Le));let an=z.morphAttributes;if((an.position!==void 0||an.normal!==void 0||an.color!==void 0)&&K.update(B,z,Ct),(Wn||_e.receiveShadow!==B.receiveShadow)&&(_e.receiveShadow=B.receiveShadow,Xe.setValue(L,"receiveShadow",B.receiveShadow)),(F.isMeshStandardMaterial||F.isMeshLambertMaterial||F.isMeshPhongMaterial)&&F.envMap===null&&P.environment!==null&&(wt.envMapIntensity.value=P.environmentIntensity),wt.dfgLUT!==void 0&&(wt.dfgLUT.value=Py()),Wn){if(Xe.setValue(L,"toneMappingExposure",C.toneMappingExposure),_e.needsLights&&Ad(wt,li),he&&F.fog===!0&&se.refreshFogUniforms(wt,he),se.refreshMaterialUniforms(wt,F,me,Ee,T.state.transmissionRenderTarget[v.id]),_e.needsLights&&_e.numLightProbeGrids>0){let lt=M,vt=0;for(let Cn of T.state.lightProbeGridArray)Cn.texture!==null&&(lt.textures[vt]=Cn.texture,lt.min[vt]=Cn.boundingBox.min,lt.max[vt]=Cn.boundingBox.max,lt.resolution[vt]=Cn.resolution,vt++);for(let Cn in lt)lt[Cn].length=vt;wt.probesSH.value=lt.textures,wt.probesMin.value=lt.min,wt.probesMax.value=lt.max,wt.probesResolution.value=lt.resolution}is.upload(L,Oc(_e),wt,Le)}if(F.isShaderMaterial&&F.uniformsNeedUpdate===!0&&(is.upload(L,Oc(_e),wt,Le),F.uniformsNeedUpdate=!1),F.isSpriteMaterial&&Xe.setValue(L,"center",B.center),Xe.setValue(L,"modelViewMatrix",B.modelViewMatrix),Xe.setValue(L,"normalMatrix",B.normalMatrix),Xe.setValue(L,"modelMatrix",B.matrixWorld),F.uniformsGroups!==void 0){let lt=F.uniformsGroups;for(let vt=0,Cn=lt.length;vt<Cn;vt++){let zc=lt[vt];Me.update(zc,Ct),Me.bind(zc,Ct)}}return Ct}function Ad(v,P){v.ambientLightColor.needsUpdate=P,v.lightProbe.needsUpdate=P,v.sunLights.needsUpdate=P,v.sunLightShadows.needsUpdate=P,v.directionalLights.needsUpdate=P,v.directionalLightShadows.needsUpdate=P,v.pointLights.needsUpdate=P,v.pointLightShadows.needsUpdate=P,v.spotLights.needsUpdate=P,v.spotLightShadows.needsUpdate=P,v.rectAreaLights.needsUpdate=P,v.hemisphereLights.needsUpdate=P}function Rd(v){return v.isMeshLambertMaterial||v.isMeshToonMaterial||v.isMeshPhongMaterial||v.isMeshStandardMaterial||v.isShadowMaterial||v.isShaderMaterial&&v.lights===!0}this.getActiveCubeFace=function(){return J},this.getActiveMipmapLevel=function(){return V},this.getRenderTarget=function(){return te},this.setRenderTargetTextures=function(v,P,z){let F=Ae.get(v);F.__autoAllocateDepthBuffer=v.resolveDepthBuffer===!1,F.__autoAllocateDepthBuffer===!1&&(F.__useRenderToTexture=!1),Ae.get(v.texture).__webglTexture=P,Ae.get(v.depthTexture).__webglTexture=F.__autoAllocateDepthBuffer?void 0:z,F.__hasExternalTextures=!0},this.setRenderTargetFramebuffer=function(v,P){let z=Ae.get(v);z.__webglFramebuffer=P,z.__useDefaultFramebuffer=P===void 0},this.setRenderTarget=function(v,P=0,z=0){te=v,J=P,V=z;let F=null,B=!1,he=!1;if(v){let le=Ae.get(v);if(le.__useDefaultFramebuffer!==void 0){ue.bindFramebuffer(L.FRAMEBUFFER,le.__webglFramebuffer),$.copy(v.viewport),Se.copy(v.scissor),Ue=v.scissorTest,ue.viewport($),ue.scissor(Se),ue.setScissorTest(Ue),H=-1;return}else if(le.__webglFramebuffer===void 0)Le.setupRenderTarget(v);else if(le.__hasExternalTextures)Le.rebindTextures(v,Ae.get(v.texture).__webglTexture,Ae.get(v.depthTexture).__webglTexture);else if(v.depthBuffer){let De=v.depthTexture;if(le.__boundDepthTexture!==De){if(De!==null&&Ae.has(De)&&(v.width!==De.image.width||v.height!==De.image.height))throw new Error("THREE.WebGLRenderer: Attached DepthTexture is initialized to the incorrect size.");Le.setupDepthRenderbuffer(v)}}let ge=v.texture;(ge.isData3DTexture||ge.isDataArrayTexture||ge.isCompressedArrayTexture)&&(he=!0);let be=Ae.get(v).__webglFramebuffer;v.isWebGLCubeRenderTarget?(Array.isArray(be[P])?F=be[P][z]:F=be[P],B=!0):v.samples>0&&Le.useMultisampledRTT(v)===!1?F=Ae.get(v).__webglMultisampledFramebuffer:Array.isArray(be)?F=be[z]:F=be,$.copy(v.viewport),Se.copy(v.scissor),Ue=v.scissorTest}else $.copy(Ce).multiplyScalar(me).floor(),Se.copy(Je).multiplyScalar(me).floor(),Ue=$e;if(z!==0&&(F=q),ue.bindFramebuffer(L.FRAMEBUFFER,F)&&ue.drawBuffers(v,F),ue.viewport($),ue.scissor(Se),ue.setScissorTest(Ue),B){let le=Ae.get(v.texture);L.framebufferTexture2D(L.FRAMEBUFFER,L.COLOR_ATTACHMENT0,L.TEXTURE_CUBE_MAP_POSITIVE_X+P,le.__webglTexture,z)}else if(he){let le=P;for(let ge=0;ge<v.textures.length;ge++){let be=Ae.get(v.textures[ge]);L.framebufferTextureLayer(L.FRAMEBUFFER,L.COLOR_ATTACHMENT0+ge,be.__webglTexture,z,le)}}else if(v!==null&&z!==0){let le=Ae.get(v.texture);L.framebufferTexture2D(L.FRAMEBUFFER,L.COLOR_ATTACHMENT0,L.TEXTURE_2D,le.__webglTexture,z)}H=-1};function kc(v){let P=Ae.get(v);return(P.__readFormat!==v.format||P.__readType!==v.type)&&(P.__readFormat=v.format,P.__readType=v.type,P.__formatReadable=st.textureFormatReadable(v.format),P.__typeReadable=st.textureTypeReadable(v.type)),P}this.readRenderTargetPixels=function(v,P,z,F,B,he,ye,le=0){if(!(v&&v.isWebGLRenderTarget)){Pe("WebGLRenderer.readRenderTargetPixels: renderTarget is not THREE.WebGLRenderTarget.");return}let ge=Ae.get(v).__webglFramebuffer;if(v.isWebGLCubeRenderTarget&&ye!==void 0&&(ge=ge[ye],Array.isArray(ge)&&(ge=ge[0])),ge){ue.bindFramebuffer(L.FRAMEBUFFER,ge);try{let be=v.textures[le],De=be.format,Ge=be.type;v.textures.length>1&&L.readBuffer(L.COLOR_ATTACHMENT0+le);let ve=kc(be);if(ve.__formatReadable===!1){Pe("WebGLRenderer.readRenderTargetPixels: renderTarget is not in RGBA or implementation defined format.");return}if(ve.__typeReadable===!1){Pe("WebGLRenderer.readRenderTargetPixels: renderTarget is not in UnsignedByteType or implementation defined type.");return}P>=0&&P<=v.width-F&&z>=0&&z<=v.height-B&&L.readPixels(P,z,F,B,ie.convert(De),ie.convert(Ge),he)}finally{let be=te!==null?Ae.get(te).__webglFramebuffer:null;ue.bindFramebuffer(L.FRAMEBUFFER,be)}}},this.readRenderTargetPixelsAsync=async function(v,P,z,F,B,he,ye,le=0){if(!(v&&v.isWebGLRenderTarget))throw new Error("THREE.WebGLRenderer.readRenderTargetPixels: renderTarget is not THREE.WebGLRenderTarget.");let ge=Ae.get(v).__webglFramebuffer;if(v.isWebGLCubeRenderTarget&&ye!==void 0&&(ge=ge[ye],Array.isArray(ge)&&(ge=ge[0])),ge)if(P>=0&&P<=v.width-F&&z>=0&&z<=v.height-B){ue.bindFramebuffer(L.FRAMEBUFFER,ge);let be=v.textures[le],De=be.format,Ge=be.type;v.textures.length>1&&L.readBuffer(L.COLOR_ATTACHMENT0+le);let ve=kc(be);if(ve.__formatReadable===!1)throw new Error("THREE.WebGLRenderer.readRenderTargetPixelsAsync: renderTarget is not in RGBA or implementation defined format.");if(ve.__typeReadable===!1)throw new Error("THREE.WebGLRenderer.readRenderTargetPixelsAsync: renderTarget is not in UnsignedByteType or implementation defined type.");let He=L.createBuffer();L.bindBuffer(L.PIXEL_PACK_BUFFER,He),L.bufferData(L.PIXEL_PACK_BUFFER,he.byteLength,L.STREAM_READ),L.readPixels(P,z,F,B,ie.convert(De),ie.convert(Ge),0),L.bindBuffer(L.PIXEL_PACK_BUFFER,null);let ht=te!==null?Ae.get(te).__webglFramebuffer:null;ue.bindFramebuffer(L.FRAMEBUFFER,ht);let tt=L.fenceSync(L.SYNC_GPU_COMMANDS_COMPLETE,0);return L.flush(),await ou(L,tt,4),L.bindBuffer(L.PIXEL_PACK_BUFFER,He),L.getBufferSubData(L.PIXEL_PACK_BUFFER,0,he),L.bindBuffer(L.PIXEL_PACK_BUFFER,null),L.deleteBuffer(He),L.deleteSync(tt),he}else throw new Error("THREE.WebGLRenderer.readRenderTargetPixelsAsync: requested read bounds are out of range.")},this.copyFramebufferToTexture=function(v,P=null,z=0){let F=Math.pow(2,-z),B=Math.floor(v.image.width*F),he=Math.floor(v.image.height*F),ye=P!==null?P.x:0,le=P!==null?P.y:0;Le.setTexture2D(v,0),L.copyTexSubImage2D(L.TEXTURE_2D,z,0,0,ye,le,B,he),ue.unbindTexture()},this.copyTextureToTexture=function(v,P,z=null,F=null,B=0,he=0){let ye,le,ge,be,De,Ge,ve,He,ht,tt=v.isCompressedTexture?v.mipmaps[he]:v.image;if(z!==null)ye=z.max.x-z.min.x,le=z.max.y-z.min.y,ge=z.isBox3?z.max.z-z.min.z:1,be=z.min.x,De=z.min.y,Ge=z.isBox3?z.min.z:0;else{let Xe=Math.pow(2,-B);ye=Math.floor(tt.width*Xe),le=Math.floor(tt.height*Xe),v.isDataArrayTexture?ge=tt.depth:v.isData3DTexture?ge=Math.floor(tt.depth*Xe):ge=1,be=0,De=0,Ge=0}F!==null?(ve=F.x,He=F.y,ht=F.z):(ve=0,He=0,ht=0);let et=ie.convert(P.format),Rt=ie.convert(P.type),_e;P.isData3DTexture?(Le.setTexture3D(P,0),_e=L.TEXTURE_3D):P.isDataArrayTexture||P.isCompressedArrayTexture?(Le.setTexture2DArray(P,0),_e=L.TEXTURE_2D_ARRAY):(Le.setTexture2D(P,0),_e=L.TEXTURE_2D),ue.activeTexture(L.TEXTURE0),ue.pixelStorei(L.UNPACK_FLIP_Y_WEBGL,P.flipY),ue.pixelStorei(L.UNPACK_PREMULTIPLY_ALPHA_WEBGL,P.premultiplyAlpha),ue.pixelStorei(L.UNPACK_ALIGNMENT,P.unpackAlignment);let Nt=ue.getParameter(L.UNPACK_ROW_LENGTH),qe=ue.getParameter(L.UNPACK_IMAGE_HEIGHT),ai=ue.getParameter(L.UNPACK_SKIP_PIXELS),Ct=ue.getParameter(L.UNPACK_SKIP_ROWS),hr=ue.getParameter(L.UNPACK_SKIP_IMAGES);ue.pixelStorei(L.UNPACK_ROW_LENGTH,tt.width),ue.pixelStorei(L.UNPACK_IMAGE_HEIGHT,tt.height),ue.pixelStorei(L.UNPACK_SKIP_PIXELS,be),ue.pixelStorei(L.UNPACK_SKIP_ROWS,De),ue.pixelStorei(L.UNPACK_SKIP_IMAGES,Ge);let Wn=v.isDataArrayTexture||v.isData3DTexture,li=P.isDataArrayTexture||P.isData3DTexture;if(v.isDepthTexture){let Xe=Ae.get(v),wt=Ae.get(P),an=Ae.get(Xe.__renderTarget),lt=Ae.get(wt.__renderTarget);ue.bindFramebuffer(L.READ_FRAMEBUFFER,an.__webglFramebuffer),ue.bindFramebuffer(L.DRAW_FRAMEBUFFER,lt.__webglFramebuffer);for(let vt=0;vt<ge;vt++)Wn&&(L.framebufferTextureLayer(L.READ_FRAMEBUFFER,L.COLOR_ATTACHMENT0,Ae.get(v).__webglTexture,B,Ge+vt),L.framebufferTextureLayer(L.DRAW_FRAMEBUFFER,L.COLOR_ATTACHMENT0,Ae.get(P).__webglTexture,he,ht+vt)),L.blitFramebuffer(be,De,be+ye,De+le,ve,He,ve+ye,He+le,L.DEPTH_BUFFER_BIT,L.NEAREST);ue.bindFramebuffer(L.READ_FRAMEBUFFER,null),ue.bindFramebuffer(L.DRAW_FRAMEBUFFER,null)}else if(B!==0||v.isRenderTargetTexture||Ae.has(v)){let Xe=Ae.get(v),wt=Ae.get(P);ue.bindFramebuffer(L.READ_FRAMEBUFFER,I),ue.bindFramebuffer(L.DRAW_FRAMEBUFFER,W);for(let an=0;an<ge;an++)Wn?L.framebufferTextureLayer(L.READ_FRAMEBUFFER,L.COLOR_ATTACHMENT0,Xe.__webglTexture,B,Ge+an):L.framebufferTexture2D(L.READ_FRAMEBUFFER,L.COLOR_ATTACHMENT0,L.TEXTURE_2D,Xe.__webglTexture,B),li?L.framebufferTextureLayer(L.DRAW_FRAMEBUFFER,L.COLOR_ATTACHMENT0,wt.__webglTexture,he,ht+an):L.framebufferTexture2D(L.DRAW_FRAMEBUFFER,L.COLOR_ATTACHMENT0,L.TEXTURE_2D,wt.__webglTexture,he),B!==0?L.blitFramebuffer(be,De,be+ye,De+le,ve,He,ve+ye,He+le,L.COLOR_BUFFER_BIT,L.NEAREST):li?L.copyTexSubImage3D(_e,he,ve,He,ht+an,be,De,ye,le):L.copyTexSubImage2D(_e,he,ve,He,be,De,ye,le);ue.bindFramebuffer(L.READ_FRAMEBUFFER,null),ue.bindFramebuffer(L.DRAW_FRAMEBUFFER,null)}else li?v.isDataTexture||v.isData3DTexture?L.texSubImage3D(_e,he,ve,He,ht,ye,le,ge,et,Rt,tt.data):P.isCompressedArrayTexture?L.compressedTexSubImage3D(_e,he,ve,He,ht,ye,le,ge,et,tt.data):L.texSubImage3D(_e,he,ve,He,ht,ye,le,ge,et,Rt,tt):v.isDataTexture?L.texSubImage2D(L.TEXTURE_2D,he,ve,He,ye,le,et,Rt,tt.data):v.isCompressedTexture?L.compressedTexSubImage2D(L.TEXTURE_2D,he,ve,He,tt.width,tt.height,et,tt.data):L.texSubImage2D(L.TEXTURE_2D,he,ve,He,ye,le,et,Rt,tt);ue.pixelStorei(L.UNPACK_ROW_LENGTH,Nt),ue.pixelStorei(L.UNPACK_IMAGE_HEIGHT,qe),ue.pixelStorei(L.UNPACK_SKIP_PIXELS,ai),ue.pixelStorei(L.UNPACK_SKIP_ROWS,Ct),ue.pixelStorei(L.UNPACK_SKIP_IMAGES,hr),he===0&&P.generateMipmaps===!0&&P.mipmapsAutoUpdate===!0&&L.generateMipmap(_e),ue.unbindTexture()},this.initRenderTarget=function(v){Ae.get(v).__webglFramebuffer===void 0&&Le.setupRenderTarget(v)},this.initTexture=function(v){v.isCubeTexture?Le.setTextureCube(v,0):v.isData3DTexture?Le.setTexture3D(v,0):v.isDataArrayTexture||v.isCompressedArrayTexture?Le.setTexture2DArray(v,0):Le.setTexture2D(v,0),ue.unbindTexture()},this.resetState=function(){J=0,V=0,te=null,ue.reset(),re.reset()},typeof __THREE_DEVTOOLS__<"u"&&__THREE_DEVTOOLS__.dispatchEvent(new CustomEvent("observe",{detail:this}))}get coordinateSystem(){return nn}get outputColorSpace(){return this._outputColorSpace}set outputColorSpace(e){this._outputColorSpace=e;let t=this.getContext();t.drawingBufferColorSpace=We._getDrawingBufferColorSpace(e),t.unpackColorSpace=We._getUnpackColorSpace()}};var dc=()=>({position:[0,0,0],wxyz:[1,0,0,0]});function fc(i,e,t){for(let n=0;n<3;n++)i.position[n]=e[n];for(let n=0;n<4;n++)i.wxyz[n]=t[n]}function pc(i,e){return[i[0]*e[0]-i[1]*e[1]-i[2]*e[2]-i[3]*e[3],i[0]*e[1]+i[1]*e[0]+i[2]*e[3]-i[3]*e[2],i[0]*e[2]-i[1]*e[3]+i[2]*e[0]+i[3]*e[1],i[0]*e[3]+i[1]*e[2]-i[2]*e[1]+i[3]*e[0]]}function mc(i,e){let t=Math.sin(e/2);return[Math.cos(e/2),i[0]*t,i[1]*t,i[2]*t]}var Iy=4,da=class{#e=[];#n=[];get newest(){return this.#n.at(-1)}push(e,t,n){let s=e<=(this.#e.at(-1)??Number.NEGATIVE_INFINITY),r=this.#t(s);fc(r,t,n),this.#n.push(r),this.#e.push(s?this.#e.pop():e)}restart(e,t){this.clear(),this.push(e,t.position,t.wxyz)}clear(){this.#e.length=0,this.#n.length=0}sample(e,t){let n=this.#e.length-1;if(n<0)return;for(;n>0&&this.#e[n-1]>e;)n--;let s=this.#n[n],r=this.#n[Math.max(0,n-1)],o=this.#e[Math.max(0,n-1)],a=this.#e[n]-o,l=a>0?Math.min(1,Math.max(0,(e-o)/a)):1;Ly(r,s,l,t)}#t(e){return e?this.#n.pop():this.#n.length<Iy?dc():(this.#e.shift(),this.#n.shift())}};function Ly(i,e,t,n){for(let l=0;l<3;l++){let c=i.position[l];n.position[l]=c+(e.position[l]-c)*t}let[s,r]=[i.wxyz,e.wxyz],o=s[0]*r[0]+s[1]*r[1]+s[2]*r[2]+s[3]*r[3]<0?-1:1,a=0;for(let l=0;l<4;l++){let c=s[l]*(1-t)+r[l]*o*t;n.wxyz[l]=c,a+=c*c}for(let l=0;l<4;l++)n.wxyz[l]=n.wxyz[l]/Math.sqrt(a||1)}var Uy=5,Dy=2/60,Ny=.15,fa=class{#e=Number.POSITIVE_INFINITY;#n=Number.POSITIVE_INFINITY;#t=0;#i=0;#s=1/60;#o=.005;observe(e,t){let n=t-e;t-this.#t>Uy&&(this.#e=this.#n,this.#n=n,this.#t=t),this.#n=Math.min(this.#n,n),this.#e=Math.min(this.#e,this.#n),this.#s+=.05*(Math.min(.2,e-this.#i)-this.#s),this.#o+=.05*(Math.min(.2,n-this.#e)-this.#o),this.#i=e}playhead(e){let t=this.#s*1.2+this.#o*2;return e-this.#e-Math.min(Ny,Math.max(Dy,t))}};var qu=4,Fy=1.5,gc=new U(0,1,0),Oy=new Lt(gc,0),Yu=14,pa=class{#e;#n;#t;#i=new gi;#s;#o;#a;enabled=!0;constructor(e,t,n){this.#e=e,this.#n=t,this.#t=n;let{canvas:s}=e;s.addEventListener("pointerdown",r=>this.#l(r),{capture:!0}),s.addEventListener("pointermove",r=>this.#r(r)),s.addEventListener("pointerup",r=>this.#c(r)),s.addEventListener("pointercancel",r=>this.#c(r)),s.addEventListener("pointerleave",()=>this.#t.pointed(void 0))}get selected(){return this.#a}select(e){this.#a=e,this.#n.outline(e),this.#t.selected(e)}selectNext(e){if(!this.enabled)return;let t=[...this.#n.bodies()];if(t.length===0)return;let n=this.#a===void 0?e===1?-1:0:t.indexOf(this.#a);this.select(t[(n+e+t.length)%t.length])}forgetRemoved(){let e=t=>this.#n.find(t.name)!==t;this.#a!==void 0&&e(this.#a)&&this.select(void 0),this.#s!==void 0&&e(this.#s.body)&&this.#d()}#l(e){if(!e.isPrimary||e.button!==0||!this.enabled)return;let t=this.#g(e);this.#o=t===void 0?{x:e.clientX,y:e.clientY}:void 0,t!==void 0&&(this.#e.controls.enabled=!1,this.#e.canvas.setPointerCapture(e.pointerId),this.#s={pointerId:e.pointerId,body:t.body,plane:this.#p(t.point),offset:new U(...t.body.shown.position).sub(t.point),startX:e.clientX,startY:e.clientY,moving:!1})}#r(e){if(!e.isPrimary)return;let t=this.#s;if(t===void 0)return this.enabled?this.#f(e):void 0;let n=Math.hypot(e.clientX-t.startX,e.clientY-t.startY);if(!t.moving&&n<qu)return;t.moving=!0,t.body.held=!0,this.#h(e);let s=this.#i.ray.intersectPlane(t.plane,new U);s!==null&&(this.#m(t,s.clone().add(t.offset)),this.#t.pointed(s),this.#t.dragged(t.body))}#c(e){let t=this.#s;if(e.pointerType==="touch"&&this.#t.pointed(void 0),t===void 0)return this.#u(e);t.pointerId===e.pointerId&&(t.moving||this.select(t.body===this.#a?void 0:t.body),this.#d())}#u(e){let{x:t,y:n}=this.#o??{x:Number.NaN,y:0};this.#o=void 0,Math.hypot(e.clientX-t,e.clientY-n)<qu&&this.select(void 0)}#d(){let e=this.#s;this.#s=void 0,this.#e.controls.enabled=!0,e.moving&&(this.#n.letGo(e.body),this.#t.released(e.body))}#m({body:e},t){t.clampLength(0,Yu),t.y=Math.max(t.y,this.#n.isMesh(e.name)?0:e.radius*.5);let n=t.clone().sub(new U(...e.shown.position)),s=this.#n.isMesh(e.name)?ky(e.shown,n):By(e,n);fc(e.shown,[t.x,t.y,t.z],s)}#f(e){let t=this.#g(e);this.#e.canvas.style.cursor=t===void 0?"":"grab";let n=t?.point??this.#i.ray.intersectPlane(Oy,new U)??void 0;this.#t.pointed(n!==void 0&&n.length()<Yu*1.6?n:void 0)}#g(e){return this.#h(e),this.#n.pick(this.#i.ray,e.pointerType==="touch"?Fy:void 0)}#h(e){let{left:t,top:n,width:s,height:r}=this.#e.canvas.getBoundingClientRect(),o=(e.clientX-t)/s*2-1,a=1-(e.clientY-n)/r*2;this.#i.setFromCamera(new Te(o,a),this.#e.camera)}#p(e){let t=this.#e.camera.getWorldDirection(new U),n=Math.abs(t.y)>.2?gc:t.setY(0).normalize();return new Lt().setFromNormalAndCoplanarPoint(n,e)}};function By(i,e){let t=gc.clone().cross(e),n=t.length();return n<1e-6?i.shown.wxyz:(t.divideScalar(n),pc(mc([t.x,t.y,t.z],n/i.radius/1.5),i.shown.wxyz))}function ky(i,e){let t=Math.hypot(e.x,e.z);if(t<1e-6)return i.wxyz;let[n,,s]=i.wxyz,o=Math.atan2(e.z,-e.x)-2*Math.atan2(s,n),a=Math.atan2(Math.sin(o),Math.cos(o));return pc(mc([0,1,0],a*Math.min(1,t*.6)),i.wxyz)}var Zu={type:"change"},xc={type:"start"},Ju={type:"end"},ma=new pi,Ku=new Lt,zy=Math.cos(70*jl.DEG2RAD),gt=new U,Wt=2*Math.PI,Ye={NONE:-1,ROTATE:0,DOLLY:1,PAN:2,TOUCH_ROTATE:3,TOUCH_PAN:4,TOUCH_DOLLY_PAN:5,TOUCH_DOLLY_ROTATE:6},yc=1e-6,ga=class extends Xs{constructor(e,t=null){super(e,t),this.state=Ye.NONE,this.target=new U,this.cursor=new U,this.minDistance=0,this.maxDistance=1/0,this.minZoom=0,this.maxZoom=1/0,this.minTargetRadius=0,this.maxTargetRadius=1/0,this.minPolarAngle=0,this.maxPolarAngle=Math.PI,this.minAzimuthAngle=-1/0,this.maxAzimuthAngle=1/0,this.enableDamping=!1,this.dampingFactor=.05,this.enableZoom=!0,this.zoomSpeed=1,this.enableRotate=!0,this.rotateSpeed=1,this.keyRotateSpeed=1,this.enablePan=!0,this.panSpeed=1,this.screenSpacePanning=!0,this.keyPanSpeed=7,this.zoomToCursor=!1,this.autoRotate=!1,this.autoRotateSpeed=2,this.keys={LEFT:"ArrowLeft",UP:"ArrowUp",RIGHT:"ArrowRight",BOTTOM:"ArrowDown"},this.mouseButtons={LEFT:ni.ROTATE,MIDDLE:ni.DOLLY,RIGHT:ni.PAN},this.touches={ONE:ii.ROTATE,TWO:ii.DOLLY_PAN},this.target0=this.target.clone(),this.position0=this.object.position.clone(),this.zoom0=this.object.zoom,this._cursorStyle="auto",this._domElementKeyEvents=null,this._lastPosition=new U,this._lastQuaternion=new Zt,this._lastTargetPosition=new U,this._quat=new Zt().setFromUnitVectors(e.up,new U(0,1,0)),this._quatInverse=this._quat.clone().invert(),this._spherical=new ji,this._sphericalDelta=new ji,this._scale=1,this._panOffset=new U,this._rotateStart=new Te,this._rotateEnd=new Te,this._rotateDelta=new Te,this._panStart=new Te,this._panEnd=new Te,this._panDelta=new Te,this._dollyStart=new Te,this._dollyEnd=new Te,this._dollyDelta=new Te,this._dollyDirection=new U,this._mouse=new Te,this._performCursorZoom=!1,this._pointers=[],this._pointerPositions={},this._controlActive=!1,this._onPointerMove=Gy.bind(this),this._onPointerDown=Vy.bind(this),this._onPointerUp=Hy.bind(this),this._onContextMenu=Jy.bind(this),this._onMouseWheel=qy.bind(this),this._onKeyDown=Yy.bind(this),this._onTouchStart=Zy.bind(this),this._onTouchMove=Ky.bind(this),this._onMouseDown=Wy.bind(this),this._onMouseMove=Xy.bind(this),this._interceptControlDown=jy.bind(this),this._interceptControlUp=Qy.bind(this),this.domElement!==null&&this.connect(this.domElement),this.update()}set cursorStyle(e){this._cursorStyle=e,e==="grab"?this.domElement.style.cursor="grab":this.domElement.style.cursor="auto"}get cursorStyle(){return this._cursorStyle}connect(e){super.connect(e),this.domElement.addEventListener("pointerdown",this._onPointerDown),this.domElement.addEventListener("pointercancel",this._onPointerUp),this.domElement.addEventListener("contextmenu",this._onContextMenu),this.domElement.addEventListener("wheel",this._onMouseWheel,{passive:!1}),this.domElement.ownerDocument.addEventListener("keydown",this._interceptControlDown,{passive:!0,capture:!0}),this.domElement.style.touchAction="none"}disconnect(){this.state=Ye.NONE,this.domElement.removeEventListener("pointerdown",this._onPointerDown),this.domElement.ownerDocument.removeEventListener("pointermove",this._onPointerMove),this.domElement.ownerDocument.removeEventListener("pointerup",this._onPointerUp),this.domElement.removeEventListener("pointercancel",this._onPointerUp),this.domElement.removeEventListener("wheel",this._onMouseWheel),this.domElement.removeEventListener("contextmenu",this._onContextMenu),this.stopListenToKeyEvents(),this.domElement.ownerDocument.removeEventListener("keydown",this._interceptControlDown,{capture:!0}),this.domElement.ownerDocument.removeEventListener("keyup",this._interceptControlUp,{capture:!0}),this._controlActive=!1,this._pointers.length=0,this._pointerPositions={},this.domElement.style.touchAction="",this.domElement.style.cursor="auto"}dispose(){this.disconnect()}getPolarAngle(){return this._spherical.phi}getAzimuthalAngle(){return this._spherical.theta}getDistance(){return this.object.position.distanceTo(this.target)}listenToKeyEvents(e){e.addEventListener("keydown",this._onKeyDown),this._domElementKeyEvents=e}stopListenToKeyEvents(){this._domElementKeyEvents!==null&&(this._domElementKeyEvents.removeEventListener("keydown",this._onKeyDown),this._domElementKeyEvents=null)}saveState(){this.target0.copy(this.target),this.position0.copy(this.object.position),this.zoom0=this.object.zoom}reset(){this.target.copy(this.target0),this.object.position.copy(this.position0),this.object.zoom=this.zoom0,this.object.updateProjectionMatrix(),this.dispatchEvent(Zu),this.update(),this.state=Ye.NONE}pan(e,t){this._pan(e,t),this.update()}dollyIn(e){this._dollyIn(e),this.update()}dollyOut(e){this._dollyOut(e),this.update()}rotateLeft(e){this._rotateLeft(e),this.update()}rotateUp(e){this._rotateUp(e),this.update()}update(e=null){let t=this.object.position;gt.copy(t).sub(this.target),gt.applyQuaternion(this._quat),this._spherical.setFromVector3(gt),this.autoRotate&&this.state===Ye.NONE&&this._rotateLeft(this._getAutoRotationAngle(e)),this.enableDamping?(this._spherical.theta+=this._sphericalDelta.theta*this.dampingFactor,this._spherical.phi+=this._sphericalDelta.phi*this.dampingFactor):(this._spherical.theta+=this._sphericalDelta.theta,this._spherical.phi+=this._sphericalDelta.phi);let n=this.minAzimuthAngle,s=this.maxAzimuthAngle;isFinite(n)&&isFinite(s)&&(n<-Math.PI?n+=Wt:n>Math.PI&&(n-=Wt),s<-Math.PI?s+=Wt:s>Math.PI&&(s-=Wt),n<=s?this._spherical.theta=Math.max(n,Math.min(s,this._spherical.theta)):this._spherical.theta=this._spherical.theta>(n+s)/2?Math.max(n,this._spherical.theta):Math.min(s,this._spherical.theta)),this._spherical.phi=Math.max(this.minPolarAngle,Math.min(this.maxPolarAngle,this._spherical.phi)),this._spherical.makeSafe(),this.enableDamping===!0?this.target.addScaledVector(this._panOffset,this.dampingFactor):this.target.add(this._panOffset),this.target.sub(this.cursor),this.target.clampLength(this.minTargetRadius,this.maxTargetRadius),this.target.add(this.cursor);let r=!1;if(this.zoomToCursor&&this._performCursorZoom||this.object.isOrthographicCamera)this._spherical.radius=this._clampDistance(this._spherical.radius);else{let o=this._spherical.radius;this._spherical.radius=this._clampDistance(this._spherical.radius*this._scale),r=o!=this._spherical.radius}if(gt.setFromSpherical(this._spherical),gt.applyQuaternion(this._quatInverse),t.copy(this.target).add(gt),this.object.lookAt(this.target),this.enableDamping===!0?(this._sphericalDelta.theta*=1-this.dampingFactor,this._sphericalDelta.phi*=1-this.dampingFactor,this._panOffset.multiplyScalar(1-this.dampingFactor)):(this._sphericalDelta.set(0,0,0),this._panOffset.set(0,0,0)),this.zoomToCursor&&this._performCursorZoom){let o=null;if(this.object.isPerspectiveCamera){let a=gt.length();o=this._clampDistance(a*this._scale);let l=a-o;this.object.position.addScaledVector(this._dollyDirection,l),this.object.updateMatrixWorld(),r=!!l}else if(this.object.isOrthographicCamera){let a=new U(this._mouse.x,this._mouse.y,0);a.unproject(this.object);let l=this.object.zoom;this.object.zoom=Math.max(this.minZoom,Math.min(this.maxZoom,this.object.zoom/this._scale)),this.object.updateProjectionMatrix(),r=l!==this.object.zoom;let c=new U(this._mouse.x,this._mouse.y,0);c.unproject(this.object),this.object.position.sub(c).add(a),this.object.updateMatrixWorld(),o=gt.length()}else console.warn("WARNING: OrbitControls.js encountered an unknown camera type - zoom to cursor disabled."),this.zoomToCursor=!1;o!==null&&(this.screenSpacePanning?this.target.set(0,0,-1).transformDirection(this.object.matrix).multiplyScalar(o).add(this.object.position):(ma.origin.copy(this.object.position),ma.direction.set(0,0,-1).transformDirection(this.object.matrix),Math.abs(this.object.up.dot(ma.direction))<zy?this.object.lookAt(this.target):(Ku.setFromNormalAndCoplanarPoint(this.object.up,this.target),ma.intersectPlane(Ku,this.target))))}else if(this.object.isOrthographicCamera){let o=this.object.zoom;this.object.zoom=Math.max(this.minZoom,Math.min(this.maxZoom,this.object.zoom/this._scale)),o!==this.object.zoom&&(this.object.updateProjectionMatrix(),r=!0)}return this._scale=1,this._performCursorZoom=!1,r||this._lastPosition.distanceToSquared(this.object.position)>yc||8*(1-this._lastQuaternion.dot(this.object.quaternion))>yc||this._lastTargetPosition.distanceToSquared(this.target)>yc?(this.dispatchEvent(Zu),this._lastPosition.copy(this.object.position),this._lastQuaternion.copy(this.object.quaternion),this._lastTargetPosition.copy(this.target),!0):!1}_getAutoRotationAngle(e){return e!==null?Wt/60*this.autoRotateSpeed*e:Wt/60/60*this.autoRotateSpeed}_getZoomScale(e){let t=Math.abs(e*.01);return Math.pow(.95,this.zoomSpeed*t)}_rotateLeft(e){this._sphericalDelta.theta-=e}_rotateUp(e){this._sphericalDelta.phi-=e}_panLeft(e,t){gt.setFromMatrixColumn(t,0),gt.multiplyScalar(-e),this._panOffset.add(gt)}_panUp(e,t){this.screenSpacePanning===!0?gt.setFromMatrixColumn(t,1):(gt.setFromMatrixColumn(t,0),gt.crossVectors(this.object.up,gt)),gt.multiplyScalar(e),this._panOffset.add(gt)}_pan(e,t){let n=this.domElement;if(this.object.isPerspectiveCamera){let s=this.object.position;gt.copy(s).sub(this.target);let r=gt.length();r*=Math.tan(this.object.fov/2*Math.PI/180),this._panLeft(2*e*r/n.clientHeight,this.object.matrix),this._panUp(2*t*r/n.clientHeight,this.object.matrix)}else this.object.isOrthographicCamera?(this._panLeft(e*(this.object.right-this.object.left)/this.object.zoom/n.clientWidth,this.object.matrix),this._panUp(t*(this.object.top-this.object.bottom)/this.object.zoom/n.clientHeight,this.object.matrix)):(console.warn("WARNING: OrbitControls.js encountered an unknown camera type - pan disabled."),this.enablePan=!1)}_dollyOut(e){this.object.isPerspectiveCamera||this.object.isOrthographicCamera?this._scale/=e:(console.warn("WARNING: OrbitControls.js encountered an unknown camera type - dolly/zoom disabled."),this.enableZoom=!1)}_dollyIn(e){this.object.isPerspectiveCamera||this.object.isOrthographicCamera?this._scale*=e:(console.warn("WARNING: OrbitControls.js encountered an unknown camera type - dolly/zoom disabled."),this.enableZoom=!1)}_updateZoomParameters(e,t){if(!this.zoomToCursor)return;this._performCursorZoom=!0;let n=this.domElement.getBoundingClientRect(),s=e-n.left,r=t-n.top,o=n.width,a=n.height;this._mouse.x=s/o*2-1,this._mouse.y=-(r/a)*2+1,this._dollyDirection.set(this._mouse.x,this._mouse.y,1).unproject(this.object).sub(this.object.position).normalize()}_clampDistance(e){return Math.max(this.minDistance,Math.min(this.maxDistance,e))}_handleMouseDownRotate(e){this._rotateStart.set(e.clientX,e.clientY)}_handleMouseDownDolly(e){this._updateZoomParameters(e.clientX,e.clientY),this._dollyStart.set(e.clientX,e.clientY)}_handleMouseDownPan(e){this._panStart.set(e.clientX,e.clientY)}_handleMouseMoveRotate(e){this._rotateEnd.set(e.clientX,e.clientY),this._rotateDelta.subVectors(this._rotateEnd,this._rotateStart).multiplyScalar(this.rotateSpeed);let t=this.domElement;this._rotateLeft(Wt*this._rotateDelta.x/t.clientHeight),this._rotateUp(Wt*this._rotateDelta.y/t.clientHeight),this._rotateStart.copy(this._rotateEnd),this.update()}_handleMouseMoveDolly(e){this._dollyEnd.set(e.clientX,e.clientY),this._dollyDelta.subVectors(this._dollyEnd,this._dollyStart),this._dollyDelta.y>0?this._dollyOut(this._getZoomScale(this._dollyDelta.y)):this._dollyDelta.y<0&&this._dollyIn(this._getZoomScale(this._dollyDelta.y)),this._dollyStart.copy(this._dollyEnd),this.zoomToCursor&&(this._performCursorZoom=!0,this._dollyDirection.set(this._mouse.x,this._mouse.y,1).unproject(this.object).sub(this.object.position).normalize()),this.update()}_handleMouseMovePan(e){this._panEnd.set(e.clientX,e.clientY),this._panDelta.subVectors(this._panEnd,this._panStart).multiplyScalar(this.panSpeed),this._pan(this._panDelta.x,this._panDelta.y),this._panStart.copy(this._panEnd),this.update()}_handleMouseWheel(e){this._updateZoomParameters(e.clientX,e.clientY),e.deltaY<0?this._dollyIn(this._getZoomScale(e.deltaY)):e.deltaY>0&&this._dollyOut(this._getZoomScale(e.deltaY)),this.update()}_handleKeyDown(e){let t=!1;switch(e.code){case this.keys.UP:e.ctrlKey||e.metaKey||e.shiftKey?this.enableRotate&&this._rotateUp(Wt*this.keyRotateSpeed/this.domElement.clientHeight):this.enablePan&&this._pan(0,this.keyPanSpeed),t=!0;break;case this.keys.BOTTOM:e.ctrlKey||e.metaKey||e.shiftKey?this.enableRotate&&this._rotateUp(-Wt*this.keyRotateSpeed/this.domElement.clientHeight):this.enablePan&&this._pan(0,-this.keyPanSpeed),t=!0;break;case this.keys.LEFT:e.ctrlKey||e.metaKey||e.shiftKey?this.enableRotate&&this._rotateLeft(Wt*this.keyRotateSpeed/this.domElement.clientHeight):this.enablePan&&this._pan(this.keyPanSpeed,0),t=!0;break;case this.keys.RIGHT:e.ctrlKey||e.metaKey||e.shiftKey?this.enableRotate&&this._rotateLeft(-Wt*this.keyRotateSpeed/this.domElement.clientHeight):this.enablePan&&this._pan(-this.keyPanSpeed,0),t=!0;break}t&&(e.preventDefault(),this.update())}_handleTouchStartRotate(e){if(this._pointers.length===1)this._rotateStart.set(e.pageX,e.pageY);else{let t=this._getSecondPointerPosition(e),n=.5*(e.pageX+t.x),s=.5*(e.pageY+t.y);this._rotateStart.set(n,s)}}_handleTouchStartPan(e){if(this._pointers.length===1)this._panStart.set(e.pageX,e.pageY);else{let t=this._getSecondPointerPosition(e),n=.5*(e.pageX+t.x),s=.5*(e.pageY+t.y);this._panStart.set(n,s)}}_handleTouchStartDolly(e){let t=this._getSecondPointerPosition(e),n=e.pageX-t.x,s=e.pageY-t.y,r=Math.sqrt(n*n+s*s);this._dollyStart.set(0,r)}_handleTouchStartDollyPan(e){this.enableZoom&&this._handleTouchStartDolly(e),this.enablePan&&this._handleTouchStartPan(e)}_handleTouchStartDollyRotate(e){this.enableZoom&&this._handleTouchStartDolly(e),this.enableRotate&&this._handleTouchStartRotate(e)}_handleTouchMoveRotate(e){if(this._pointers.length==1)this._rotateEnd.set(e.pageX,e.pageY);else{let n=this._getSecondPointerPosition(e),s=.5*(e.pageX+n.x),r=.5*(e.pageY+n.y);this._rotateEnd.set(s,r)}this._rotateDelta.subVectors(this._rotateEnd,this._rotateStart).multiplyScalar(this.rotateSpeed);let t=this.domElement;this._rotateLeft(Wt*this._rotateDelta.x/t.clientHeight),this._rotateUp(Wt*this._rotateDelta.y/t.clientHeight),this._rotateStart.copy(this._rotateEnd)}_handleTouchMovePan(e){if(this._pointers.length===1)this._panEnd.set(e.pageX,e.pageY);else{let t=this._getSecondPointerPosition(e),n=.5*(e.pageX+t.x),s=.5*(e.pageY+t.y);this._panEnd.set(n,s)}this._panDelta.subVectors(this._panEnd,this._panStart).multiplyScalar(this.panSpeed),this._pan(this._panDelta.x,this._panDelta.y),this._panStart.copy(this._panEnd)}_handleTouchMoveDolly(e){let t=this._getSecondPointerPosition(e),n=e.pageX-t.x,s=e.pageY-t.y,r=Math.sqrt(n*n+s*s);this._dollyEnd.set(0,r),this._dollyDelta.set(0,Math.pow(this._dollyEnd.y/this._dollyStart.y,this.zoomSpeed)),this._dollyOut(this._dollyDelta.y),this._dollyStart.copy(this._dollyEnd);let o=(e.pageX+t.x)*.5,a=(e.pageY+t.y)*.5;this._updateZoomParameters(o,a)}_handleTouchMoveDollyPan(e){this.enableZoom&&this._handleTouchMoveDolly(e),this.enablePan&&this._handleTouchMovePan(e)}_handleTouchMoveDollyRotate(e){this.enableZoom&&this._handleTouchMoveDolly(e),this.enableRotate&&this._handleTouchMoveRotate(e)}_addPointer(e){this._pointers.push(e.pointerId)}_removePointer(e){delete this._pointerPositions[e.pointerId];for(let t=0;t<this._pointers.length;t++)if(this._pointers[t]==e.pointerId){this._pointers.splice(t,1);return}}_isTrackingPointer(e){for(let t=0;t<this._pointers.length;t++)if(this._pointers[t]==e.pointerId)return!0;return!1}_trackPointer(e){let t=this._pointerPositions[e.pointerId];t===void 0&&(t=new Te,this._pointerPositions[e.pointerId]=t),t.set(e.pageX,e.pageY)}_getSecondPointerPosition(e){let t=e.pointerId===this._pointers[0]?this._pointers[1]:this._pointers[0];return this._pointerPositions[t]}_customWheelEvent(e){let t=e.deltaMode,n={clientX:e.clientX,clientY:e.clientY,deltaY:e.deltaY};switch(t){case 1:n.deltaY*=16;break;case 2:n.deltaY*=100;break}return e.ctrlKey&&!this._controlActive&&(n.deltaY*=10),n}};function Vy(i){this.enabled!==!1&&(this._pointers.length===0&&(this.domElement.setPointerCapture(i.pointerId),this.domElement.ownerDocument.addEventListener("pointermove",this._onPointerMove),this.domElement.ownerDocument.addEventListener("pointerup",this._onPointerUp)),!this._isTrackingPointer(i)&&(this._addPointer(i),i.pointerType==="touch"?this._onTouchStart(i):this._onMouseDown(i),this._cursorStyle==="grab"&&(this.domElement.style.cursor="grabbing")))}function Gy(i){this.enabled!==!1&&(i.pointerType==="touch"?this._onTouchMove(i):this._onMouseMove(i))}function Hy(i){switch(this._removePointer(i),this._pointers.length){case 0:this.domElement.releasePointerCapture(i.pointerId),this.domElement.ownerDocument.removeEventListener("pointermove",this._onPointerMove),this.domElement.ownerDocument.removeEventListener("pointerup",this._onPointerUp),this.dispatchEvent(Ju),this.state=Ye.NONE,this._cursorStyle==="grab"&&(this.domElement.style.cursor="grab");break;case 1:let e=this._pointers[0],t=this._pointerPositions[e];this._onTouchStart({pointerId:e,pageX:t.x,pageY:t.y});break}}function Wy(i){let e;switch(i.button){case 0:e=this.mouseButtons.LEFT;break;case 1:e=this.mouseButtons.MIDDLE;break;case 2:e=this.mouseButtons.RIGHT;break;default:e=-1}switch(e){case ni.DOLLY:if(this.enableZoom===!1)return;this._handleMouseDownDolly(i),this.state=Ye.DOLLY;break;case ni.ROTATE:if(i.ctrlKey||i.metaKey||i.shiftKey){if(this.enablePan===!1)return;this._handleMouseDownPan(i),this.state=Ye.PAN}else{if(this.enableRotate===!1)return;this._handleMouseDownRotate(i),this.state=Ye.ROTATE}break;case ni.PAN:if(i.ctrlKey||i.metaKey||i.shiftKey){if(this.enableRotate===!1)return;this._handleMouseDownRotate(i),this.state=Ye.ROTATE}else{if(this.enablePan===!1)return;this._handleMouseDownPan(i),this.state=Ye.PAN}break;default:this.state=Ye.NONE}this.state!==Ye.NONE&&this.dispatchEvent(xc)}function Xy(i){switch(this.state){case Ye.ROTATE:if(this.enableRotate===!1)return;this._handleMouseMoveRotate(i);break;case Ye.DOLLY:if(this.enableZoom===!1)return;this._handleMouseMoveDolly(i);break;case Ye.PAN:if(this.enablePan===!1)return;this._handleMouseMovePan(i);break}}function qy(i){this.enabled===!1||this.enableZoom===!1||this.state!==Ye.NONE||(i.preventDefault(),this.dispatchEvent(xc),this._handleMouseWheel(this._customWheelEvent(i)),this.dispatchEvent(Ju))}function Yy(i){this.enabled!==!1&&this._handleKeyDown(i)}function Zy(i){switch(this._trackPointer(i),this._pointers.length){case 1:switch(this.touches.ONE){case ii.ROTATE:if(this.enableRotate===!1){this.state=Ye.NONE;break}this._handleTouchStartRotate(i),this.state=Ye.TOUCH_ROTATE;break;case ii.PAN:if(this.enablePan===!1){this.state=Ye.NONE;break}this._handleTouchStartPan(i),this.state=Ye.TOUCH_PAN;break;default:this.state=Ye.NONE}break;case 2:switch(this.touches.TWO){case ii.DOLLY_PAN:if(this.enableZoom===!1&&this.enablePan===!1)return;this._handleTouchStartDollyPan(i),this.state=Ye.TOUCH_DOLLY_PAN;break;case ii.DOLLY_ROTATE:if(this.enableZoom===!1&&this.enableRotate===!1)return;this._handleTouchStartDollyRotate(i),this.state=Ye.TOUCH_DOLLY_ROTATE;break;default:this.state=Ye.NONE}break;default:this.state=Ye.NONE}this.state!==Ye.NONE&&this.dispatchEvent(xc)}function Ky(i){switch(this._trackPointer(i),this.state){case Ye.TOUCH_ROTATE:if(this.enableRotate===!1)return;this._handleTouchMoveRotate(i),this.update();break;case Ye.TOUCH_PAN:if(this.enablePan===!1)return;this._handleTouchMovePan(i),this.update();break;case Ye.TOUCH_DOLLY_PAN:if(this.enableZoom===!1&&this.enablePan===!1)return;this._handleTouchMoveDollyPan(i),this.update();break;case Ye.TOUCH_DOLLY_ROTATE:if(this.enableZoom===!1&&this.enableRotate===!1)return;this._handleTouchMoveDollyRotate(i),this.update();break;default:this.state=Ye.NONE}}function Jy(i){this.enabled!==!1&&i.preventDefault()}function jy(i){i.key==="Control"&&(this._controlActive=!0,this.domElement.ownerDocument.addEventListener("keyup",this._interceptControlUp,{passive:!0,capture:!0}))}function Qy(i){i.key==="Control"&&(this._controlActive=!1,this.domElement.ownerDocument.removeEventListener("keyup",this._interceptControlUp,{passive:!0,capture:!0}))}var vc=ex(),ju={pixelRatio:Math.min(devicePixelRatio,2),shadows:!0,fine:!0},$y={pixelRatio:1,shadows:!1,fine:!1};function Qu(){let i=new URLSearchParams(location.search).get("quality");return i==="high"?ju:i==="low"||vc?$y:ju}function ex(){let i=document.createElement("canvas").getContext("webgl2"),e=i?.getExtension("WEBGL_debug_renderer_info"),t=e?String(i?.getParameter(e.UNMASKED_RENDERER_WEBGL)):"";return i?.getExtension("WEBGL_lose_context")?.loseContext(),/swiftshader|llvmpipe|software/i.test(t)}var tx=45,nx=90,ya=class{#e=0;isTooSlow(e){return e<1e3&&(this.#e=Math.max(0,this.#e+(e>tx?1:-2))),this.#e<nx?!1:(this.#e=0,!0)}};var ix={light:{exposure:1,key:2.1,rim:.7,sky:1.75,shadow:.17,grid:[.2,.25,.4,.16]},dark:{exposure:1,key:2,rim:1.4,sky:.55,shadow:.55,grid:[.6,.7,1,.13]}},sx=40,$u=13,xa=class{constructor(e){this.canvas=e;this.#e=new ca({canvas:e,antialias:this.quality.fine,alpha:!0}),document.documentElement.dataset.quality=this.quality.fine?"high":"low",this.#e.toneMapping=qs,this.#e.shadowMap.enabled=!0,this.#e.shadowMap.type=yi,this.#u(),this.#d(),this.controls=this.#m(),new ResizeObserver(()=>this.#f()).observe(e),this.#f()}canvas;scene=new Es;camera=new Ft(34,1,.1,120);controls;quality=Qu();#e;#n=new Ki(16774374);#t=new Ki(13622527);#i=new Gs(16777215,14209740);#s=new Bs;#o=rx();#a=new ya;#l=this.quality.pixelRatio;#r=0;setTheme(e){let t=ix[e];this.#e.toneMappingExposure=t.exposure,this.#n.intensity=t.key,this.#t.intensity=t.rim,this.#i.intensity=t.sky,this.#s.opacity=t.shadow,this.#o.uniforms.color?.value.splice(0,4,...t.grid)}render(e){this.#a.isTooSlow(e-this.#r)&&this.#c(),this.#r=e,this.controls.update(),this.#e.render(this.scene,this.camera)}#c(){this.#l>1?this.#l=1:this.#n.castShadow&&(this.#n.castShadow=!1),this.#f()}#u(){this.#n.position.set(6,14,8),this.#n.castShadow=this.quality.shadows,this.#n.shadow.mapSize.set(2048,2048),this.#n.shadow.radius=3,this.#n.shadow.normalBias=.03,this.#n.shadow.bias=-4e-4;let e=this.#n.shadow.camera;e.left=e.bottom=-$u,e.right=e.top=$u,e.far=40,this.#t.position.set(-8,5,-10),this.scene.add(this.#n,this.#t,this.#i)}#d(){let e=new Ns(sx,64).rotateX(-Math.PI/2),t=new bt(e,this.#s);t.receiveShadow=!0;let n=new bt(e,this.#o);n.position.y=.002,this.scene.add(t,n)}#m(){let e=new ga(this.camera,this.canvas),t=this.canvas.clientWidth<this.canvas.clientHeight;return this.camera.position.set(0,t?15.5:9.4,t?17:20.5),e.target.set(0,t?-1.6:.7,0),e.enableDamping=!0,e.dampingFactor=.08,e.minDistance=4,e.maxDistance=45,e.maxPolarAngle=Math.PI/2-.04,e}#f(){let{clientWidth:e,clientHeight:t}=this.canvas;if(e===0||t===0)return;this.#e.setPixelRatio(this.#l),this.#e.setSize(e,t,!1),this.camera.aspect=e/t;let n=Math.max(1,1.25/this.camera.aspect);this.camera.fov=2*Math.atan(Math.tan(17*Math.PI/180)*Math.min(n,2.1))*180/Math.PI,this.camera.updateProjectionMatrix()}};function va(i,e){let t=new U(e[0],e[1],e[2]).project(i.camera);if(t.z>1)return;let{clientWidth:n,clientHeight:s}=i.canvas;return{x:(t.x+1)/2*n,y:(1-t.y)/2*s}}function rx(){return new sn({transparent:!0,depthWrite:!1,uniforms:{color:{value:[0,0,0,0]}},vertexShader:`
      varying vec2 ground;
      void main() {
        ground = position.xz;
        gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
      }`,fragmentShader:`
      uniform vec4 color;
      varying vec2 ground;
      void main() {
        vec2 width = fwidth(ground);
        vec2 off = abs(fract(ground - 0.5) - 0.5) / width;
        float line = 1.0 - min(min(off.x, off.y), 1.0);
        float dense = max(width.x, width.y);
        float fade = exp(-dot(ground, ground) / 130.0) * (1.0 - smoothstep(0.2, 0.6, dense));
        gl_FragColor = vec4(color.rgb, color.a * line * fade);
      }`})}function ed(i){let{stage:e,world:t,pointers:n,present:s,state:r}=i;window.__scenewire={snapshot:()=>({...r(),bodies:ox(t()),pointers:n().snapshot()}),present:s,screen(o){let a=t().find(o);return a?.isPlaced&&va(e,a.shown.position)||null}}}function ox(i){let e={};for(let{name:t,held:n,shown:s,track:r}of i.bodies()){let{position:o,wxyz:a}=(n?void 0:r.newest)??s;e[t]={position:[...o],wxyz:[...a],held:n}}return e}var td="scenewire.me",ax=["Amber","Brisk","Calm","Dapper","Eager","Fleet","Gentle","Hazel","Jolly","Lucky","Mellow","Nimble","Quiet","Sunny","Vivid","Witty"],lx=["Badger","Crane","Dolphin","Fox","Gecko","Heron","Ibis","Koala","Lynx","Marten","Otter","Panda","Raven","Seal","Tapir","Wren"],cx=[[239,83,80],[245,124,0],[217,164,6],[67,160,71],[0,150,136],[3,155,229],[66,99,235],[126,87,194],[194,62,166],[216,27,96]];function nd(){try{let e=JSON.parse(sessionStorage.getItem(td)??"null");if(typeof e?.name=="string"&&e.color.length===3)return e}catch{}let i={name:`${_c(ax)} ${_c(lx)}`,color:_c(cx)};return Sc(i),i}function Sc(i){sessionStorage.setItem(td,JSON.stringify(i))}function _c(i){return i[Math.floor(Math.random()*i.length)]}var _a=class{#e=performance.now();#n=0;#t=0;#i=0;#s=[];countFrame(){this.#n++}countWindow(e){this.#t++,this.#i+=e}noteEcho(e){this.#s=[...this.#s,e].slice(-5)}forgetEchoes(){this.#s=[]}read(){let e=performance.now(),t=Math.max(.001,(e-this.#e)/1e3),n={fps:this.#n/t,windows:this.#t/t,bytes:this.#i/t,latencyMs:hx(this.#s)};return this.#e=e,this.#n=this.#t=this.#i=0,n}};function hx(i){return[...i].sort((e,t)=>e-t)[i.length>>1]}function Ze(i){let e=document.getElementById(i);if(e===null)throw new Error(`the page has no #${i}`);return e}var ux=.045,rs=class{#e;#n;#t=new Map;#i=new Map;constructor(e,t){this.#e=e,this.#n=t}set visible(e){this.#n.hidden=!e}setViewers(e){this.#i=new Map(e.map(t=>[t.id,t]));for(let[t,{element:n}]of this.#t)this.#i.has(t)?id(n,this.#i.get(t)):this.#o(t)}set({viewer:e,position:t,visible:n}){let s=this.#t.get(e)??this.#s(e,t);n&&!s.visible&&s.shown.splice(0,3,...t),n&&s.target.splice(0,3,...t),s.visible=n}clear(){for(let e of[...this.#t.keys()])this.#o(e)}snapshot(){return[...this.#t].filter(([e,{visible:t}])=>t&&this.#i.has(e)).map(([e,{target:t}])=>({viewer:e,position:[...t]}))}update(e){let t=1-Math.exp(-e/ux);for(let[n,{element:s,target:r,shown:o,visible:a}]of this.#t){for(let c=0;c<3;c++)o[c]=o[c]+(r[c]-o[c])*t;let l=a&&this.#i.has(n)?va(this.#e,o):void 0;s.classList.toggle("away",l===void 0),l!==void 0&&(s.style.transform=`translate3d(${l.x.toFixed(1)}px, ${l.y.toFixed(1)}px, 0)`)}}#s(e,t){let n=document.createElement("div");n.className="pointer",n.innerHTML='<svg viewBox="0 0 16 18" width="18" height="20"><path d="M1.2 1.2 14 8.1 8.2 9.9 5.2 15.6Z"/></svg><span></span>',id(n,this.#i.get(e)),this.#n.append(n);let s={element:n,target:[...t],shown:[...t],visible:!0};return this.#t.set(e,s),s}#o(e){this.#t.get(e)?.element.remove(),this.#t.delete(e)}};function id(i,e){i.style.setProperty("--color",Sa(e?.color??[128,128,128])),i.lastElementChild.textContent=e?.name??""}function Sa([i,e,t]){return`rgb(${i} ${e} ${t})`}var sd={connecting:"Connecting…",open:"Live",waiting:"Offline",closed:"Closed"},ba=class{#e=Ze("state");#n=Ze("notice");#t=Ze("viewers");#i=Ze("viewer-count");#s=Ze("body-count");#o=Ze("add");#a=Ze("remove");#l=Ze("name");#r={fps:Ze("fps"),windows:Ze("windows"),bytes:Ze("bytes"),latency:Ze("latency")};constructor(e,t){this.#l.value=e,this.#l.addEventListener("change",()=>t.rename(this.#l.value.trim())),this.#l.addEventListener("keydown",n=>{n.key==="Enter"&&this.#l.blur()}),this.#o.addEventListener("click",t.add),this.#a.addEventListener("click",t.remove),Ze("theme").addEventListener("click",t.toggleTheme),vc&&(Ze("fps-label").textContent="frames/s, no GPU"),Ze("fold").addEventListener("click",()=>this.#c())}setState({state:e,reason:t},n){this.#e.textContent=e==="connecting"&&!n?sd.waiting:sd[e],document.documentElement.dataset.connection=e,this.#n.textContent=e==="closed"?t:n?"Is the server running?":"Reconnecting…",this.#n.hidden=e==="open"||e==="connecting"&&n}setNotice(e){this.#n.textContent=e,this.#n.hidden=!1}setViewers(e,t){this.#i.textContent=String(e.length),this.#t.replaceChildren(...e.filter(({id:s})=>s!==t).map(dx));let n=e.find(({id:s})=>s===t);n!==void 0&&Ze("me").style.setProperty("--color",Sa(n.color)),n!==void 0&&document.activeElement!==this.#l&&(this.#l.value=n.name)}setBodies(e,t,n){this.#s.textContent=String(e),this.#o.disabled=e>=t,this.#a.disabled=!n}setRates({fps:e,windows:t,bytes:n,latencyMs:s}){this.#r.fps.textContent=e>0?e.toFixed(0):"–",this.#r.windows.textContent=t.toFixed(0),this.#r.bytes.textContent=(n/1024).toFixed(n<10240?1:0),this.#r.latency.textContent=s?.toFixed(s<10?1:0)??"–"}#c(){let e=Ze("panel").classList.toggle("folded");Ze("fold").setAttribute("aria-expanded",String(!e))}};function dx({name:i,color:e}){let t=document.createElement("li");return t.style.setProperty("--color",Sa(e)),t.textContent=i,t}function Ma(i,e,t,n){let s=!1;i.onReset(()=>{s=!0,t.clear()}),i.onBatch(({messages:r,timestampSec:o,receivedMs:a})=>{if(e.beginWindow(o,a),!s)return;s=!1;let l=r.flatMap(c=>c.type==="SetBody"||c.type==="SetMesh"?[c.name]:[]);e.keepOnly(new Set(l)),n()}),i.on("SetMesh",r=>{e.setMesh(r),n()}),i.on("SetBody",r=>{e.setBody(r),n()}),i.on("SetPose",r=>e.setPose(r)),i.on("RemoveBody",r=>{e.remove(r),n()}),i.on("SetPointer",r=>t.set(r)),i.on("Viewers",({viewers:r})=>t.setViewers(r))}var rd='"use strict";(()=>{var M,x,N,Z={env:{emscripten_notify_memory_growth:s=>{N=new Uint8Array(x.exports.memory.buffer)}}},fe=class{init(){return M||(typeof fetch<"u"?M=new Response(new Blob([Uint8Array.from(atob(ue),s=>s.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer().then(s=>WebAssembly.instantiate(s,Z)).then(this._init):M=WebAssembly.instantiate(Buffer.from(ue,"base64"),Z).then(this._init),M)}_init(s){x=s.instance,Z.env.emscripten_notify_memory_growth(0)}decode(s,e=0){if(!x)throw new Error("ZSTDDecoder: Await .init() before decoding.");let t=s.byteLength,n=x.exports.malloc(t);N.set(s,n),e=e||Number(x.exports.ZSTD_findDecompressedSize(n,t));let r=x.exports.malloc(e),i=x.exports.ZSTD_decompress(r,e,n,t),o=N.slice(r,r+i);return x.exports.free(n),x.exports.free(r),o}},ue="7b19jCXXlR92761bH+9V1XuvP2amZ95w+lRxSPaQHM7oq2d3SK36jtUzao2oWXuFRbL/UDI1olRvRKmbrRbX4E63duk15cgIEWwMGd5kaWSRJXbJLG0wBr1mHMbRwnIgw0QsGTQixzSgIPxCIMNyICccd/A751a9ev0xH9pxsEFMoqfeq3fr1r3nnu9z7rnqc098WSul9HN69rN6U3022NzcVJ81+Edv6s3Phpv4T2/yD3rzs9Z/Nfyv0pufjTc36zb1R+WbXeVmVz8b1bd7mxP/6c3PJq3PnfYPwVV+NPRPKmXu0cHlxzfmL3/5iUfXvvTV9cuPP/L4V9a/9IVffeTLl7/8lbVffeSxta98ff2LSgX33B2oQCW2E+o4VkHUTa0NrFZRmIV5T2vdH0xNR2rGhvqr2pgw1vrXzdaWiRK9qd1zv2PT+J/obiTdGpX9yi995uOPfOmJ5bW1r6yp/DB//cKXHv/8xy8/+pUvf3Xt8hNPXP78L33pL1xWh/v82+eb++p49OXPXbnylUeVtl9Yu3xZmcOPPPKlxz//pbXLj64/8oWvPf7o+pe+8vgj65/781cua3X4kdbcnlj/3KOjR9YuP7H+lbXLyh7d9dNjl9cfefRra2uXH19XYfnII48++blHvvT4o2uXv3z58fVHLj/56OWvcudrl7/w6Fe+9vi6uqsTa+V0qu/OdLf74n8W3P2De3S6eadyg1HZPa7M0u7/Sbmf6Iftknt+uGBUad2AlEsr99NgFR9WhmXkgo1SbZTaBasWT2i3+YTTq6Sq0rhgvdTu9WFVKtLujWGFTvSCScrwPHdK1l0l8/XVRaMynVJIatFkpChcNElK2iVVoUgTd2RcsLZoLL5WpSa9YKzTuJOlKUXuJR5h8nCuSWMgzpDCQ4rMaI00qfXVL2KU66XiERlS9YjUzhHpr6+WthmTwZiMH5OiyI9DUVSVMXGXmqJRGcpwSJGu0FpRYpcocU+u4oWFdq9iiIUxm2SdpsQFG+tlsLos7w3IruEZjZcCRmkRYK6LJqGgHoOWSyBDYfC4V4cULxrlXhryS7M0dS8wLNLlXFP6RWfW3Rt38EQNYPbkKkWjIiBT6IAXbMEMSrVs+dNsqZZznZJqWpaaMI5gpdTDIiCFUQwLQ6rASFMyC2au6JDBh6xUF+wSPiWlrtdSL5ok63LD2VLbTTJutgrxdVDq5Twg4wZVWoTBEoVFTLpUbrYqQgxhttS5IuUG/vsA31OKncJEO6nbLCJS7r/fvMjN0qrU7snVIvIAiJdz5eaLxCmZsXI/2d6OH7ZLFLm7gV0bj5VqtMHY6vT6yP1CVSSpx/ykBTeNNVIF8AEXitxhSpzeGDlFiZu/MFwvTA3LGmyWgku5Il2EZMsgV05hPQuVBUAiBrUlxmZ3x4azqxVP7/yQFNlhocg4vV4YwoTxQLgmYwidoQQ4rEiN1ihexYIFpFrLXKiUeBWDpfY6GgpWCg3sIb+SIT7UgLWbpAXoaan4peFyrigQwqJohNmEWOyEQnzwix3uXuwkxV1Z7JAXO2wWO+TFNsESmcLWi212LLZpLbaVxY7HNB6CIQktKbNEISOpG1yyS0KThnRDiWGFIakx2YK6FIUNDYeTvMSpwjhV6BTkhCdBXoZ7YGrLOhjHyzwOs2KX3MtDMjwAtH1t6F7jn2QceKw9mIZz1F15ZDpVlYHZdFvzC0bZJfcMrkC1b82f2zxjlHt6/tzWc1tbW1sW37bmqeuyyn111b3x+z/4/fAJvPm35hlM7kfH5LpFaamr0jpFelTGq+BQD+eJe/MYQ9AuuTf4U0K6KjuUPEwhdVbW8k5qltyPjp1UyllwploQ+HnhwbeOFUowC49jMSikhDGtWskD5h2JoJBTg6A0bvN8DtS37ul5Bo7TozIkswqWQ2YE3loxPq9WhU3JYqiBH6pqhhqSBb8NHyZF8cpajpaDoFRkLuQ6C/GcGYEgcJcxSMmgzueaDBMFRqIpcqcrshi3KkxmUwE46IPsqGKBsVqaQSCtDdmqsNw0SMm4zQu5SQHnH2FUjpl2StpPlGeM96yBUz68loe4ghtEbqF6OA9T98YxmRCmw2v1Q/6mgE0/PAZCUmkD8GAMcJkSSG3B2DKszudmDGpM4xVBPUCSzMND8ItXBHkZ0dx7xwhCzb11jG+67w7dJq7fGwrq4fNPBH+wviK83xhWJCKcJZp2Pxx64aacrkrl6EKuUpCBdQujUrknyYwcEG7ET7jXhl5i8+M0FpKmcguguO8M3bP+9ZlNwZ8ehry5uCbzy1yyik9kKazQ/rUhBe5JCvgtSjp2Lw+FKAFUQ2rEkIXU968zFOzxuoABk0VyqUFI5mILdIIAIa+CWYKQ8usA5ufhrzMDJn1SYbDLeZD6NTNL9ZoFQDfIUcbIMlzxQjZhobIP/OI94BdfD34E/noPheigcqdGJVAhcINqZVhqN2Ttyf342AmjzpgBafeWfEzcj4+xsoX37cQSjxGk3VwlhO/iholBibLQ0QyFK+DWmoLzkHrCUq+uoiWrD6PS+JGzTqMM9IBt6JZkag1JmU2vaGrHSt/Gemlq/UiTYf2IlTLF+pHG7KAfaVwylxXGJWCc8yw/t72wN+5uMnsKe5VSAII7SsE5BonyUrTQzPREjQgdtMeS+aF7YQhEFE0Nb+XhGHcYnbI+oEQfYBGvRKspa7XAMM26OzYgdSHfhSLsalVaCLyQBR66HWBketHMuaQwFJS6UC6rNcOSp53JABKZQsIkPlcYl6UUeKkHrBeG4kWWAmsFtUAa/UxCy6bud4fuNB5UtTIj8pFRm2zF5FajcVUmTQ/aPUlablqKKKnKYFTENasjCwUcxD1Bz7EwSUzSa/s6FeEvD7zqH3hp6BWVXQ8ASQQKgJ8F81QuWHX6PAgY+mIHd7PCsL0jOGlFqzFiFAhWuqtgihtirZhUENlr5Ynve66IDFi1vVB3oupWSloZvj9bKgszAMqRFQU812RZOdLBEquNqoSmXGhRjlSuWFOGCscPAFdC5+cFvSWlaDlX0v/RskZlIJ/AylMemVy7F4aC3JhTPSE8SdGCGaBthLYDzIo/zaZk2DAwFC2aOT9muyTzGggSzKV+alAc+YfZ5oeYOlURk6UO47otGNNVwyJqvhZQXLE9Q7Ffinhv9hDfKnsQOsmErjybMHiLZxOxu5viPdmEScUCa9iEqdmEarEJ5lnrZVizCe3ZhGrYROwOQ61nNmG82cACQpa8rJX1GGwCZgHWWswA8F+wibDRi8OGTSgsSFDPMfDIqASDA9HLhVE437QFh5QSIWxe/0QQKAQC6RqBDBAI5rGsqSLFCESxt5TjBn1CSjz6JIwWGAd/mvUWCSlKMASZBivsGujD9sNcbTYAffiH2foHs0SB64uqGYBNqbYCL6ynYQ+wCPzPIdpaChrkshWvBgUeuYK9kSu4KeSyglwW0LQCVNtCLn6LR67A3U3BfjLIigyye8kgEAY7Mmq0MhR76QMxLS+cw7iCfYWQYFdt/AeNENK1EDIeu+KxiY3eB1CphazrSVqPXUZYmxXWxoCwgl1W+B3PCYagYBfzvY5gl5nArpA1rvO8tG3sSgW7Gtwy1PG41Wlwq7MDtzoYgNkHt8wNccvsxC2zG7dMg1sGbcMWboUetya8PspbqtpsNj6fmGyNWdavZguzrDejZWkz8rY1r3cC2cfqN+zTQPRThnBKXTeojitS6Q9TnWxClvFcXTIqIQvtiI0c9ySU5iIERJ1eZaFiViF8AgrYxzcqA9GDV3JGcs/ljLe5KYBoCyAwIbCEjDRuJKW5kJu2uLSNuAxTtJiDf6fpIClNPUN4uaD8B1gjYzcpYMkYYCkN3AYBS0YbLJEtIjKlhmS04kYxUDghGa34sgwQOHJewwdPsXAerrrgQg53hqBZSKYRPrWmIBjYT2lyYCZllwDFgr8B8NdOcMdAuKPo6JPi1bZwOKDY43DMuMlCgZExJc04rCH75vzEa5E9kK7navgss4YNqTz+gULvn7GldXqVR+o9WdYJ8xA1K9xTzVK7tKZAlvtCDreLOBVelWvfK2AwxvdUwdT+KlgfDp0n4R0ueLRtJAo9SuzQuSaQaBfGeI+UpvBCq4tWm8BLFTPpjDLLufHOqFvHKgMZY3ehz1jRDDzGtOWp3Uue3ghj2hJVNxJ1EmPGEnUPjAn3x5hdwwZ+XshVTSL9tFGHVc3OTCMm4cJWzM5UzcyUd2GbWkKkLFtY91C1fmIaVSzpQ0qil1pKKnc3GNbGY6URKWlqKam9PdSoYLX8KKzZNEtm0ythkdOkJ6RltCZiklF0rtBOtCN3GDYOC0stwlJDeVWCDY2wVBCWGsIS9oteZweqZWEJTbm0jBWsiqFzODUdTzsoGyiUVuYukHBzhXJJoZ1KiwjcsBJB7iHDixF598x3GSM03AKbpIZg9+kVSJLnht4V5OIKHN0wkybDvh/Nvh9SH1NusI54iHwaue3toHKDjSX4p+ymU6FTA0SEcj026jb7qXvOs0idRorUcZVadadK/06oMx8tyo6zmeF40bJz6kyQkMVHl1RQst7vKpW6K8RIx3ddMojYG2EvAk+U++bmyrAIvUXLrqSe0+tlwligKHk/hXG+oGB+91fL2HXhlPmMPAK1Hc4gxRpdaZwdFQkZF4+KnGIXVUXfgaJDZzeK0BHF62XH6bWiy/5dXcQUYKFFvQKuwExH4Ape1ifXvljGbm5lmX0Hx+HlsJQ/zPZaAHuN8pEL1imq3PxqEVGSlnZBKYo2eHTAh9gdWy3TypmqwBe94YIrZCoKKd1wwSp8VL1LuUYkiPKLUCk2MJGQkosYDUUuRs88WUvJvq8DH+o4PVotY1zXgSspdUflYMVuUt/pUYh3rpYhDRxkXufTw1ERUz8t2DHp9HqF8Y3K9EHN3zFbaM1FhA4pHhHHWz45pG5Vdj9pl6jrzCdy7Yi6j5XhqOg7uDDmn1gvOliYHsRQ6tSFIm7N7mv7zi6q57cPMN2VIqSu0xfYpOwBCX5RkCBy9Elha06PhMYjkEPwtYqCEWCTiUYUpi8eNlOb+uqdyp0elfFx5V7ZLBJwV/BFe79SZcdt69UiZ3nZceoTdoly9+/UyOmNMoJsDSh322pUJm5bX8zBA3RVIFzAHh5KEH2IijwLQrFJcriJnN6oyg470zfOKkU58Zf+6lkFoJmKZ6JSNufyh3M2RzV4MrDGYmmSil9VdikfRKV1z2xehGehgGBznykSaBRJmboIg4rZMww6ypypXjynKX3xN8s5ZykFASTVi089dS596tz72/4/9Rvn3jK/nBv35xDVkam5twx1Ri9i9FU5cHr9RZp76lzy1GdyQznZUTFLlrpVcYAyityWrcqMOpWzVXmQEX6KIve0rYpDFLnftFUx47a2DKXrbrCBUFwROl30nMaQusC8aWa5IQ3Oc7yBQLZ6vexXpzSvyzYrVzNQY9YrCgFH6/SosE4XHSBCD/yCOv/DJ4dFL6U+HayoA2zGBBqK7D2ofx1gTR/UW5Y9HdPn7dI5Vcw5VXScKpIAlgWL2i7IsYvFc0EFkbLOLaxvlVD3Um4poamqGNQY4AyGTzMgniswM6dXZbw0qE4qhVG3xpMAUAl7Q2h6tbCZSlVITHLr1QNaFdJ92ae5MwriAu+wFH5qme2kfsX3xbiSHufOfePXn37m2ede29JPFXPoqIJfi5KqSGocm5hXMYXp+OEnAn2AAp45P4qy7xT1QfxFn6HTr+fIU0vOKsUrN4VJID5zEdJQXu2nqeX1iNQmFCI6lLr5UfPekLrc5UE6JJ2W9qRirlRGFAEBIqcrLCYAEj1WlZ2zKgClU2eduqPJZWbq7QFjVtmfcxS2/wGaHSRlAsJh+pqtyFI26FDssubjgqEycXQx1xAJZhN3jpcWl/svsbpu2XbjmMZxSly8Kqw5XjALZYg4EZpYCkfcrgRbi0YUrgxhUMlDEB/ro7RMFg1RTOGCgtmfCih8zLngt7mXjiya42wdXG8sdtEcBxHsHE9Uj4eH0pGhWOqMKLpUdoZlJI8Su2bXR6mMx8p4qLNMofu/9cU1tpRDeHAZagLPQReonHjo4RuDDACMdo9+58jB+f3bWOj5gTQvh7buJ9FBHCFm+YCBj4FaRtRZGZZdDL3uq7uzIyDIpRx6ujNrkAVQMYoMumKw5P6IsdFd0xfzWObYHc9RZhhSVhVpPbHrY0ZrJtHkSnTGmFFPokeWeiOeQqd+iDq71yHlAZ7PYxbA2cTYWHI0Y2Pn5fVGluwxsgSKrYws8SPryCgTwVl5yOOsjCzxiwTS9qssIfYdsOu6oBJ/p7TZNYGuM1VKalSwCbcLv8wEfiGmZev5FknGrGwP4tY3JG71H4j7BsSdThB3+v914o52E3f6p4q4ownaSP+UE3d6I+JOdxB3sJO40wniTvcmbnel4LAES2ymINJOuQ+/nypKisgprzBGHIFnJD7JKnwGCa+pw4pEB/5iIAY7+1hHgAP2pFLrTn+Nkzq8fZGQ5eDbY2Xojj7hUrCSwBGFo5KdBmwTIiiwTnCOPlbaDQousHM0qhzhJut3ml333mVcv1lLvNGsAElX1zihJPK/5bV6JDOO3WmYK0n6b7TWm2TYiIe3A/ayRNnOcbT+lc1+Kk7iTAJDFXt8nJUUKEkXcJaHz54XXlq01CNAip3jLiH9mJt/YsS+bPb1KKQTNH3jSY3mAIJ3JRpnRj2jlUnlR+MG6xSsleKJ5lvaJesUVJIVgyQF/85lsezxiivyisc4r3PkOhIyTv8bzUloZKD3BQy5CjTEHiq4e146jPQ2cRgosqONVR4ZWeFNmjEyaaLk3AWnhekBx875RgaOzsF7OE1H7F4sI3j+haMHzNE5roMw0PpIchaEofMkDQPcpp/CcDnozeuNpTcnlUFq5SlW4SULAqlOJ1VQmkqmwv5EReE6ZxptiBsj/eUbdya9eLiEdWdmN2TC0caq7/YUMEliGKVm/mzla4LE1Q1OAeCF9tNLgGvPbF5M/7hj8k1zVfw96XG26YFvfEnAailw3+9wBIRSmKkpiJrzC91bqhrE5YApWFGKNJfEdSUXhi3tMqbYdS8NYWJaNMhKfUnSh8nCg2BJjyQTD7ErSs6z0StfzMPsrzHLOd6N+VeSogJHQGHElgrYQ1hx8okZ4aNPkQERcOoqN9MiH+A46wJNu/BzMDGDNnVtOVlkBH5G0m+qi7k+InkvXcSc3PY3tp5cha943W1tvR+vrvnXVEWPAvdhcRNoeJ44i6vHFo8MvFScsBlznMXnbIgPRlNc+QzbwH0/Ruw8ccGI++HMIvSHhfs0A0NR8ml4JZgfwscABGL844Bm5ZOHKmJOxfJSMaAwJGd5SBz/ILNWdpoeMsrQQ+Z7iCmrqIMeZJQ8PMkAykyKnFGEkArJRdFFh43GHsRkjzqjAr7yjl8KRKDG/ztNHbBlvGnUS5S2xiJpn/MakOWAv08Oke3LSGAoOp+H1GWfLJwtMRlKKrG0NdwU40HWS8miZbK7vOkuP5/bpruo1V3Zh5CK0KGhiProPtrRvdmn+4hDG6svFlPtYQf1e+q3fECpc8lv0tTT576x9fTWs1uvqatn2t3bW+reNNOw13lBOX1Gwf8wPfGmpPUmPQEn/6ZpEuGrATBNXXhi1quijyhW603TrTexn0EwP/s00KxPtYE/dUbNEV8Gcknk4hNdBL1k9aDLV+InqT0M8LpVnIycXeF4kvw4SAtDqXj+TPo7gdFX9eYOXLMUjNbLZAeuUeTm1hFpXK+KQDjNec7fZCloyUKyhWsQ3+eHFKwt6ppN1DTAA9irF7t/L6Vd1MzJJ7pL6u7qHgLfA4QWRYNBGZ/RYNzxmfZjg52PmT0em5PHBnLZ3Qnt7ASaDtLhORbW6qyImfMI9+Be9una99leTv+K9G7I9rl1Zp8VRwaSdTJrCKufH669eO4bW1tbg6vp3410F8EHGpXhcUX2lDYFlOisgsAZJGXgntnkxC2sBEu0quh4rUWLZtQB/8ydonQEX3PGsbEikBBizEG6oidByYjjaRILcgSn80tHiiCzEsTtXeIXxauIDLhgo4icZm0SATQsthWtAvkE8QisfkTxpdLybpn1keQTRaMSehmoeJkU5ZeQ7woCMOuUbQgBn1SKZYw9qbRYZhEZOOL3baP5d+QQgCt5jOTYoFeSQlaSZpuwKE//KP/CUyo5egj5aVk/CBAzDL0KmSG+hUcFaCUjGAIiPEWeMyfZjMisDHn7DxtB0p8ZlUY6M9IZwqgGCd8h1Y3k92jRZGmzTnGwNNbx6uEjy8ds+uhmawqmNWynmUWKZWRkxAGwuW5WAprBiBP4KbhURsPS+Blb0U3TZviIRHGALsJqdS7BgE7QzzrFshLmpNLAJjx7UqlK0uKCsbz1OAUyYLrpXFrmuC4wzsdvm84CdGZ5pMG4M9sS3my7uCusmpqBowtDhgZP88KwwPo6AhMM0muFPgzieV0x9bgrnKSoXbRCgeuurElWA5lTypYxLgoq0Sllyk5Vuagq0xXJmnFB5cxGmcFtkEHsZlARQGvlFDQ9Jssehe6hiozjrRjdQVJG3j8TuoXK4y91Ju7P4n4H9+P2fQT6oMKlo9ZdK5rXFKh52izRFGUjZ1cQfiwCygtDCQPZKeoxAkXs1m79CLUE0eWApi+tMXfrAmwPlR1clsp0naIN1n/iU1o9qBTFUMUHuARFHy4JNFwoZ3C5v5zdu/0BaX8QUxZMPSRIOLd3+8PS/ggF0l6VQ0noOLp3+zukPZTHPkIFXepQSoOq7DTtlW8fIlXqpIIJsoQPAccGDkJH6NIMzdKBqjXr8VNp/dT98hTo6AgvKx2iOTpclYM9nhrUT83JUwPO6ixj6tKQjtIdVamap4LmKQVMFyOpQ33Qi6UUrMwQbwmK8XtQgcTcQ9VghtFpMLPG6MPXwcwaAo8d4XqKkoscgFzLGeWhgLCnx3B64qjsiFhgtXrQYAvzxaUiChCnbPGcjzPLFJ7z8ZLFxaeE58TeE9NZNB/n2HLtjeFGn4CfKGialdCVOiOKqT+izqUyHpZ9eRTapfCcaJEzPzrgOZ1F8xDF4DkDlhCKlzlaRyAZ8Isa+GHYFAGEyMjkvVCAV9nx2E1x85CafIhXS97KaBK0JcdSuQMMJhUQpC0QYMbyVuCMgCPCnEKKmNk/RHER4dFUYBILH2b/V+MATMGH45VhGbPkiOr+Yt4Kgc5i6cznlY6KDqcVOgP+lDgzKsZUP2CxsWPs+mdfQn0bljD1fle/hINJovarEY9Xgwk98NyeZQY7p2p+dYt9YEX5RnLJj8J3wjDzmFHHKs0mY4JkyY+xhCEIpEjc/EXOAkg8+rCWd2mYLpolCcQhVlxGQmM5aKzTrA1D9X6/m6S1QKdbNHa6ZMn4c5fq/WU1Up12GgqeXyBu9OEyEhqTZiVuRyNKKGWveDIsU3kUEJQFUuBpgp34ZYGSZXhImcbAFCNSLIx3kcv9fr4JOrBCLmXkJQIlzUN28iErQMJDEb4EjTXDImQHGITGTguOehBgxvJWIKKAQ2FO2JAEslighO1wQdoPwwusma/G8AIzYPBZiRc4YRpTdX8JO4VPc8IZdwbgcrg/SpmOmMZy0Nh4HVPZ4jQ5dn1zSxjvsYR6vIRxvYQxL2E8LJNmCZPdS5hg+jEvIdMYljDBEnqOl0yuRjJeDYsvQdXoZegBWka9orfWh6cxS/klPwrfyc3Q2P0TNHZ/aWsas7to7H6hsQxataexDDQWN2uTiF2zi8aOtmjsaGlxOe7V//ECHeXIk2qiCiGiEbnQmDTjeE0+kvBTzpEnK49CT20WaK5eIAuturMMjY5pDCqEBXCTPWhszs/Xcj63p7Hca1FQuf1DZvIhU6/IHOXsLa3EGyhZouUOMAiNHRUcPd6iMSvDTsY0drShsVm2XI1HWiptTWMJrB5PYxBNZBFpqWlM+rNsDaEzCQOxGYMlnKCxDDSWj3nlbho72qKx6y5hsnMJPUtoLWHilzBhNnnjJUywhKxTjZdwL443N+Z4WELrV0NoDD1wJMSv6K314WnMUHbJj8J3cjM0NjdBY3OlqWnM7KIx3howhY2moK9mQRiUdjdhJS3CSsQoHdRGabMqidO8abJllGZlJoQlzUpYlRmM0mRE2aXSDMtMHiXgRr0qtl6VjJ3Gy96YMWw8ZICo3YOwakZifOIyE1ZtbsDzYPcgLDsmLLb0RQtvCMuWO8AgoE0EMQctwjIybDsmrKQhLIUt2g2mZnAtiFHAu7o9YVkQ1ti1oOr+xLWQNK4F1awcU9QUKMo2C5jtpqikRVHXXbvOzrVLaocCDzGXZTPgjAkzRdOsndm9drwdr4O1s0xRWAmULYFz52aXQSgKPfAeDr+Ut9aHp6iApi75UfhOWhRlPEWZNjX5/mTlPC7MX8yVI1L1q4SeCsXuivb/HDD1fgvxgsjnufrmUWZa8vn++uZp1hbk81J98+Ospl8YFpFEUyN4P15XcH9E6WEf8EJNCWyyDxB+HGROpf/6qD446RhJ9nWMRHs5RqYnHSMpjNy0Knv4JxXHSL9xjGS7HCPJPo6RZA/HSNS+z5uPQPKj1l3vGOnXjpE+HGjsGEEpmR5M6NoxkomK4OB+bP3INm/LMeLdIpGo/B2WuxxvgdMRDqncOya9PyQXvWWqaTiDhgfI0ky74aw4TubKg03DWTQ8RIZm2w1VOStYNdc0PIyGcJEcbhpGyNusyqhp04HzbMDmZUecZ7B6BvCOdimnKXg7drTO262h0OXSegapiddvDdHkW8/SHNwj12sNsuPWARy0HAXkBHNcaq/tjRwcUe3giOHg6HkHB+RG6lNZSI2c/TTn63jnhqx4HiztadO3XRtJyy5OxkkmH2fuF7V19sa1Ic3KKaThQmefYru4Myyn5FGEdSbs4sTr7A+B+9WuDWjs0TrlAroEoOsw6JLxInYa3HjIT+TGD+idzvBd09fepdHZ6dJIvBm/t0sjYXZDHYFFIhIL2Jg0Lo0O61aNuVW7Bby59fHG3HqoRZU3cly0R1mPLNu5QH5QmYgnaVbm1IFq0YF4yniBcnmUIpjorQXKvGrhFyhmfzcUix24ne2ksmzS373EIBLfRcz+7h2Ld7OdSX4v9ch6zO6xS0HweZf93HYjtG3oeD8bNJ5wI0izMoPDB36erLZBs8YGzfZxI8RjN4J3IvgZxphhJPb4mM1EY+7pJ3LjB7TnFvu7D7R3H0Q73QexH+7e7oNY5HgksIhrDSyCDe41sAga2NhFV0/fu+hONy66hRu6Bm5xWfR4WTr1snTqZek0y9K53rL0PBbf5LLIFg/vqmq8A70xFt/8ktWdeSxOkZLCWJwCi3uCxbss1BsZ6lasvGinlRfvMtRjb+XFHOSKvR2KGgttK882Vl60zFt5BIttC1yIMsJ9JwHHWvzFY9HuJ3LjB7QXffsb6Nob6PE+Bnq8v4Feow4b6Mo7weykE2yXgR7vNtDTn8X4vs6ytIzvXr0svVtcltRj8U0uS72ni51Bjf2djrH45pesnfbD+mUgWCzou8sOvJE5bPcxh+2EOcwFmGBSpSOybA6n8uiEL9e24DRhDk/CydRhVVXHaDlePVY4/URu/ECtwP3pNoN/Fkv3Osuib8Oy9PdA3+ssSwCMC7zLpTF2+2P0vfklqzurQ+c7bFF0c7vN0XFyb22OJukRRSico6WeCukp2Wk9MGn653SwKTXDvv2ulloV2ud1vvwDLbmfr/xAl8HgABlfUMxMSXEZPTA+h/f5dzVnCgffflenvxUa2+RxRrxvV5NZ5mqSmyyQkBHlQgqGpeXKZ7xMTp8H9UTu+Xf+3pc48WNZaoRGPsuTt/iiWlDGTc5z49e///Lfl6zkfZp+dVXanM+N7MJW7vT7KXIFQ04o1UD3AAnfQJrAd42Fq5+8kGuXICjskhWuYyKlPJBJg2+8Fx58ihuPhJ3qjyh7JkDBKss5J5ylGg7muIIjp7QYX8ZqDvmnFbZQctKyccmqXXJr/jlHq2XAO/BO8r7k39PIDPqqpMSELl7FjsvQBRuuW734m2VyLnjmKiVPIdbO0h9dYF8rJN8GKl81WdXBKsqjjXqB0iZIeRAneUZebTBy75S/Z0SV4HsL/p7lF2A7cxGbq03fIXerTaDSc5sULOfBEX7sA4qLY+Djh5Q6t2Weql/yEaXqvk8olXIyVYw9AkpqIClKPDAF3WbZ+90BAiXYCK7ObW0llFCC668Mf4GLFriNghPsOC3Ppo9ovYlNuMjSBfKZIfJ/N9lj4mHPNbrMunvtiKQ2V0iy23DZqnud7+A7rZZ6GfUJww1S7jW1slqF7pXNNP2OqbF+qSrtcSncp10oOcZgtWNUtEvnrmInPhAK2dfKloH7+sUc6d8JVxOVz9/YXMk19iuhSlfJ+XhODQ4V5txVsieCwTmFAgLHnb4wxHyic7/2yzkyR+Onypiiz6AdkhBQzKR+tjRw3ZBZQ31MPL2AkmiGiwBw8mAg1QaqwZEyZC8PsiFC7EoNV+QzmqP0TBFwubFlriC3YE5znV27wiO3KKWCLRnyvpzX3Yy4hpF33qXnriKHcwjPmXVLI3acfb5eJXaKBezrQuIJyEed4jXSq1IKR/Ee91XeCCBszQ3W11hcIV18Sah71AuMVmCJ4HjIUQrSlzTXAgTT+613fRL862/r0G1tJWnJdRuXRhebjQ2OuBTi++9qllGonyDFj7a2pKQn8tff000j1WqkhLp9NcI3twPkvxgKh9LUMChtha5GEAjDVAoeL5qn3/PFxLbe0+nfio2V3eRbelT2jivq4aenJgpne3IODAwqLsW5WXS5DI5wD7OCyseUMJ0HyNStE6MBTHUW/h2/96MpDHFWdfHbgzqRokDgm11gpEblI5BkFzTdXc4x7y6ly5S5wytruXEJ2XWXrBVchpit8eBhLquzNPI6jLtSdKlHPfe+qqjnfqoqTvKMOLMS7sXegnmyNOJnVi6rigy3ngKDmuIt3oa3eA94p7Tm3TbGb/FO2VC3NHWB6a/HacN+h3dU7/DO2Hjz1TBQ1KDoQItmfcUpGlCEHd4hotL9iiLeFNwYVQIlK6XDFSeypOc58eAdJbu0O37LcYemdu/xxr5rTlSOxhuTsccbu7eLvt9xZJ25wOO01LkC/2u6KgOmPlaRSxCMB+T3cUXYHZ2uis8uRB58vcU74t7LPudgO0lLsxR9gjPx+5WkZltkAkuH0+0d3tPjJOioVUVgcoc3b07HpGSX9nlGC0s93mC/xwZvS32ZYMTzCqUQbEQDzADOrItSkLk1R956Ld5IjLSDunachSMJVNRFh7n4n9a59A3XJ1rHvpEQyx/6/d0GmUGPVWWGdHsklWb1/m7Du9g5+oCwcSyFAHg3h+WtVOJi8iRBQdEVpauLygBbGgKnm36VOYsQFFfJcV2UuMBemqIp+sz5znaD635QxJXdeQsAlN7w4rDZSsBlVg9e9KrkGPUCkNloncu0NJuZMOM/1ZuZEt7M9FeMCTb1VZEI1rOw5NPCd8Euf/UTvqI4NujUaeUtZ19rl4V/+itclR0J1KPS4LM+wfnO/CFBtr+iiLP9IZpCN8Vv4xx20iL+TqgBPxCcUHOtB4ITiur7C9hEwPcH2LVXcZ13QtwJsT/Gi1B20qCGs1i/9hJHn+sZ7N4nkv4LraNNbCXtSsE6i7Asb19CIoImNbrITndkclkpnJaOZL4dlipYs2zkKzcSquhj34Ia3Ik9MJRWfk+d7CrOLrEeGko+ADw1XKuA929gFyK0kKTiZMVlzk8ylECr5spkkGaKmYYhJbp2IDsjsM1BCmpzYo3TgztTykEY3fTdeoKpVDSzZUem0W1NkK03VMAdUReRM4htFG4r+IyGi+CSCHapi6uSUAa1KBO9IqTuYB7ejXqijJM8UV1H6TBZZMhf5Mx3YGk04orO1OHJdpY5nq2pM56sGpXWWz5SZoghXnSgVI1Yo2Da7dSTTVNK0z8wmusNz69yDX5w2sAlXOAncAmOBrAnlDr3j//pP/l7//M/+IN/du7quflvnvtL//kf/uG3//b/+tf/y82rpP7iueHEnXP/xX/1377zG3/zr/zl/0v9WjHBpuHXmlvlMq0w9gNE4Li0foAqRQGMEbWz70PfbL/73/7rf/6v/tr/+df+4OBThezulBJlgRUdCqPFPps//sf/7G/9q//tj965h7tIJ4ZXTMrGc8UzaDN+R6nO3cG3mnfhFuFW+i+t0VeRNgElNGbFLf6U32QWC+mbSdL3XiHZKScatuQlSVGvcXN84k0KEhwGQ5eAMpi+4p2xZr2M3Jui4ZfsxlBcatFt8Vkdo0IMRzInlDrDuC4LaOpy1FIMUVMsm2ED3m2yzCNy/U+uLfuZ+Ofbz+GQkpUcZhGqKoJXhdLQ86qQWY+b4rqIzKbATMCifLu5VjsDFuXvexYVgkUZsChTsyi8L5XimIo0a7nCqkCAnKU/OXQytfbmhw8ThTle0u5u39FHbuoT9SELyncW1DMIJmcQ1DMIJmcwyWS1MFnEo4W7AvI4g6VZdS8zW0iS/o0/1mZxM/ReiQ/APnOvvRcOdJlAVZagESUQ1++/g6qZatH89rv+w7P1h+/XH76DD2j8u/WdV972H159L5SfXq1/eoEb6zOwNvin4C3+6RtbW6+pRfO9uq/33vE/v9R0yh+eflf77abJ4CAl7pV3dFV8mBL32tu6KhYpcc/izhlSxf21NRCIiyVZQK9lOixm2CANaGaF47VgEpRyTlXbNEUtvldwxAmYVR7jR1vG7usX2ScR4ZyNgEtElRY/x27LF4fyPzG/4fL1spWO5/XC235eP2YYfWtr6034jH5R5vhcDZRnGO560YMpOBNs8Z2X39aVqFGJ+6l8DvD5Jz0uJf/C69zodV2593t+x21CiRtU9afnTrNHDh+/TRWUE3x8/nU46jK8sgHUcNG8+jbAw46w+3H3hbc1gkG8E8qvMt2/KHNaMC+9rblw0v2L+IgPLEurRfPy2zqtQRm6Tr0SM8OVHN4YvHNmSDODOamwlVvZ/1Th50XWQGcGh2QHCtf5srDkojyQzQQL5iWYoyhRhjG+q3H0Dn/+7Xd57CnUzIg+gFs/fFuXXa+6jsr43D+s2Th9wNnK2UH5e6vFDB5RyK+lLqU04zXeMrOb2JH7/A906FRacgWEmGZWQVszFOVY5Yzfzbi5Kc7AhDJPP/UAZnilmcj4RjEDFjTjRw0kmDmfK/dZnqhM8c23Ne9WShbMj9/RZbS8aH7yjsY76YxT7g3F5RnO/dt3Xn/9f/+Hf+NH/xKUwyTUSJ0zwXN845++++v/xzvXvvlv3oSL8h0ZBXDvJ+9wYkFyglHTvviUx9EFUF45U7/9deAAzVBEMyvDRXwFu7y/Kj4yifJ0fzETSFHfD4gLhfz6UWGzCJIjGJU/R8SeFFiBd9BH6A76yMqQPkIzdMfDw8K4K6IMT9j2H1gwFj41lYPxzYyKWaeKDyGPyHAeUY0Vv/Wu5rKjScujgddBzSdJTbuDCyy4YLU4Qjubgv/vcSTXEfYsBFyEIVkwz7yjc+X+fBHgGCxy4UqeuKDI6A44BlEc029+hdWxIY5GruFg2JTrbbjteJU3+Fr5CBGlLnCtFje90fyyrVaLgWOv4x0nlXXddbLu4MbauEEfDcK0yJxOCwvVMqAZp2kwXM4Rcx2s5AkNkFtl4VT9oow4oxwb8Olijs2Ns/hDYAOtkQ+CvUk8osFQYPq77+plGrhvRMjO8s6MwP3GlpaqHY07g44471W4A4ZeAlspleoU2AS2AI8PNCkWqhwdeVNXSIMYJGWPeUCHUjhVD1MAJ8AUpcjh6tBAsq15+1nkFHXGOxre0rKp9D1d9HH9sZbw8ZucA7RgfqQ51NtrdpRmWVeyxbOHOaMhXi2mkdiwUeQokifmQP98Lo4Z3lGaYdMJcoapf6nsDUtO2yimGZCjEmkbRU49BFqiS2s5Doc4TDlNNwm2dTqgT/4r/e8+Wc807dKmXep3XRl8MlXRa0JeP9Jlrx1bekvjeCQGhKQe/FhLaKnnw14/kj0/vTrO9JZuQq1vonZqj49XEhAi3oRQVg/7JUb19CPeaNqEvnpNnxL74g6N71CEILaW55QOpooebkjYpL45LTfHN2aLHo6aStwLP9AoYcjoU3gBhRoMgjgHBXFiKiinQ4OeR5mYcurBr3aQBtSjosL3EcX88jilAbSbP9qULzm+XPE/uGSjDCgnrtuZO7tOg8dD10+dXS+t+1YC7n+FrHsm8ZoxXN4GtSG3+A5Z97R8CK5UK3ZJNKuTxxUK66hiig65H9uqPOaU+zE4tfsMe3WnuBjHKVTOUXTIvRlju9gxOol6HicRvuH5uTc7qOdh/Rbrk0xLdAoUd8g9H4JGDrnfDaviNFetLIYEh+DWk6vFcUpR4uODRUApe4QCjnMUAUVc6qGI6BgS3lm6wXcNpyEE8sPDosfuOO8IoB5E3TF2nZR97yft02GplVtHCVkLFW/QIfzwfEiHCcUrynkuBsJtD7k3w6q4m89jOwljlscl1YRA7OPqF0ZMfuOrXxi6u5L9vK04Ihwah6U8dkqnBKAuOz+kUyiIsjIsT1DqNp+AF3GvqaR+Kikd8sODvOpX61KCdfwiOkEfpGxUpiPx+6XewdZBCAulNj98Zdc7+vIOgxzSQ4wc0cYYWlIYc+w/+yCdGKGoJxLR4BLEL/c4XTwQLNE99AA6/CA9gCU7RA9Ivxj7XWToNH+6l07TAwD2A7Ure44wbux0B97MU4TMS8Nn++hPltPg84bmPzEsjtZTKI+JI7w4TBF9UIqJcl2VraTiqqEBCpmaEfsr5+hepAoM6S5+ZIHupnvZn34fTBuaBk+l+5oiAsVZOoxRwccbNOK0z5LcpLRAZ8/oxF8RExG0+HSuaYEBib3OZ1HjgC8DuSRyqS0x4Y2mCOTpo4AaEtGLjBbqNY8qX+GH7qZIYIePp3ldysADr6KMTtB9zgz6vDz3Yj3upQ7dVRV3iTPZT5ynTXPAzohOOOX0oO/LscR0AhWajq/RqTW3ZeSsMgs3yUkJxQUN5wqwZUk4VyCcKwDnmhYGtZPTRcLpzC5OBwYapc4Ug52KhwQiFQ4jQnYujthAyPGOU1weF7KOnDnP2suA70LRMBxGshtpkY41inS4nKNOabrC1RFnIatFVUjHOoTTgyGRbIjuOgJTJK9nDMDUbaMEiGLx9Hva8TEUKcd/ShEUtg5fJxxVYtUSv7NDSqfEij6apb4ZpYvmmVrVfv9dvWh++o4WkaIkjtRqgoFAbP0UejEEbMURpixKbxJ4HmLGQ6yBI+zBm4NjInCMBI7JPnDkgaIQgahSAJvdH2woz2q4gLeHGp5kqKVjoHExXmm0J8xoAIRHyAyGWw8K6TTq+4ZUC/3My/scwn6PHR9po51FgVSGndRVxokwb2lJMqv1ldirKPwGp4u7WINpsspEOdFNw9JIdlnMysml8i7e9iHD69X7PppR+40fb2q6C2pa6nd+HEbGXbMtfmLXxo+0V8+kj917P6RkHR0WZfOWu9m5/WPcD0PwOvs/6i5FV61VQr8DpFcrlXB6XUJxZs60GUABljyZt7SA8wJXbm5jk0ecZAH0wJhVUx0NBNHgDhV08bFcSM6aCOUHvs2xXbmFrmgkQVzq+bBmQgOPffB2sNtjAg2P+AGNnRQpdX1QNEi9mbfTcsvAaoAiRN1Rwf6Gl9/WRUp3EFVF7g2ZIpKzC6gL8pqCKdh7DUcWf5oNDF3J2XKb56V4DZwRU4jrWZo6pbTb+ncoMQY20EHijKWpk0pTzyXra4jHjooe6ADeY+pxsAJ8Kr+QI97VI1RolhQMri/ex5a8gBP+UH1zFZBxgwrFrl204e50Heoj8jpyr+Xu9Z7b6mMS34IHgHpeXy7jwVGfYqDFvcOHS1EXBmKw6uYdmFwf8RHsLHZbXbeVumdn6p4EKtSjVj88bPYaUYKK6F3PDz/sOsyM676eS91W7p47cJ2+xDFAU6PULx8OfJtx6gLNOnVhdRmFxD+5KgenMBfMKKPZi0M5RBoqUUUpQmHvb2/PPyxnpMFtmKysUc91PrHGJ4q8KWibUG9wh8Su23eERtzhi8WH2F0jlOZmLiLxogNFAZJ4isUTBAZ7NJku+Hi6yC5xIIPpT7AU75jBDPD3yWGVFrNyashP39FIx/ie8ahfHKUel+8uOpm4Dl55WxdljZuHag9aKpTAQHQvvK6r4oMUuu9r0Zm5kpfjI3zulhJ2ATYifbAurzfOEOWVC93zGhzAorALAz2k0L3KkjRZMGpwjEL3nfprwl+/V3+1g2MuYdM3+fSwXHCKFjhWDXasR8URmqF0VJwEDF/SkuP6hpbaTd/XxTSuL3gT/GVd3InrK7o4get3dcFnpryui/twfU0Xx3F9nreQLJjv6KLA9Xu6uBfXV3Vxmj60XBxwCpUlaLqYogHdJcdW3btovgfWfnrRvKrlwPCXcC0WzXd498WieZ4J4j1dFceYt7HRJEyuOEizjkbFEP3fg+WBj4Du8ufZvKbl/Rw/R3mPYl4GLsPj29gmK/P5rpbRS7QdxVfu432zxXGuBlIckHKS09iRBrMQ5UOKLkc4UfUClwGfkVhkCHyeVKbMnZG0qXsoRzaJGL4Mq7IvMC7NugspH224cF1iRobyyoUglpbMfUl7KfGS9w+84uWt8VndL3hbnoVvDUWY82WfQWgl+hPJita53UY8BGaHh0Byu03TqyR3v1S7HKRLPt/dhVwr4wVU8+0jjWW4URW5nCTn5wcvlTThiaORwoRRpTGf3KzTnmXcnmXkvSAv6FbFkfaQeI5Ggh/x5Bwj0TCiWtuY8IJETZ9mEmx+hidADmdFU/o+fjt7xrzBoxwsF5YdEXQ3Dgi5MM5BCunuJtGirJ8zi+YN7ckqmoAPRAgPwwe142oMqPkNHEQdeJXh+yjAibOSyQwFyK0X1bchk87n9Qve0Ivmh/WX72sZhEwmpTma54QFmuOcU8EQAGyuqoHNA+EyJ3OjDdQRzNjr5mZX+Piz24Khtx0/ee3MEs0v+xxVwVWar+pxjBFxfrQBH+UgbfJH4F00e0zKtCfF9d5q5Kkrp+2aVFTYJgv8ZV1vC+JUnNG4jJqv3BONO7BSgLyBmmlN6gjdJd0caKXCCEtBBQsLPwFSYqhbeZ56vNVQmhz3TaYqsN/rz/wVqRp7M3PGPqbds+6OZ92dnHX3xrOWLrnOHd3XLB9s+8kpYTbTFQsNuydWTk7jBgvXHn4kw7cyZF+ojxP4oxoTx73twUPqiEajn0P2GLA31m7ucvGqy65U5QEmYjj0RecoLQckKb4gFxyEPkud0cUc2k5MdjBPB5p3Kj4QBecIhXRQNBdvNDdJlVtbFof+dOgAUlamUek6qmgI92XkqOLOHxbGcWDBJItmC/M4gNhk8CR1aJZCSW103zMVHYbfjcoBCTczdBA+Xmy4Liw/X0zRQYTSz1IHHziU3qGzZ5SctjUFBnKsbnCMG8xJAwQtBiMJt3ck5n+MnVZ9hNvPQg/24XbD/eEr1fc53G6kmz4e7nPeAPQoCbdbmhoxk44ZTBa7MKZW2Ndk6dDoYt6nkkrenYGEnpimOaFmWrKHYpoeJ9R0a5s9rl0dXZquoCHAdLGUolzllOPUMyNTtU1agZWxT2OeyDGb5jN++dS8OjfCN59rNTcyVdvkRtgaYiR7oYmL145zI6Ykk8Q2OQW2ySSxTSaJbTJJgNpTUE3jPTJJ4slMEjvOJJl2nRV2TExjGz1SelANkXPAR64vKTDxzsSRWJp1kThimsSRs9KQYRTXMDoMXLA4Rv1PDpyu4ME4Ih1kvZQOQCgmdACuERyOMQBNHS54J2EXOqYk9nXp6MUxEU15IrL7E9GzYyJ6RjMV4XCrZ3RNR0c9HRVS461NQH2Ka/qI9yGgWCDBDeb2JKCYywELHcVj2MUN7OIJ2MUN7OIJ2MWAXTymob7QUHdMQ/0VdpsLDeU7aGiKaWgKx5GCWqaYhoL9aGgKzus2DfWvT0NTmCqGMXXbaYhPkuzfOg31b52GpkBDWmbxM9FQcD0amgIN6dtKQ5kXbiLQpnYKtL4XaHFNMn2QTPd6cqfPJPMcSKbPJPNt7QXPt3cRTCN4mGDwZHGApmqCmdqHYKZqgpnaj2CmWgQzPQbUdAOo6QlATTeAmp4A1DQANT0mmAO7hM4BEMwBTzDZmGD6vKBMMN1a6HTHQqe/B8H0GWNAlJ5gDlyfYLq10On++xE6B26dYA7cOsF0a6HThZS/NYLp31DodG+r0OnvFjppupNijMggIzLIsAyCScRJunfBO3QXDehkBTvspOwiWGBtE4rqhTwWi9IRPvZoYeQLefZo8Ck+oM47oLDh8IMtB9TdOxxQkqPAQxv4oRVdPrZitxrbpy6faAuYer1VNkLKfgjD6NrSW/tkBvO8hdWM/M7W6+utdqy3dsE/cjgu9+MfXeYfv4hPzD4+4bnHd/dTW62oraw7Z/x40b2O2mqvr7ba3Wor70yp1VY7qbbaWm21k2orUIa3abLamgnmZBCHYw6SgYN0JTCX7VRbY3btMgfJwUGQF5+POUgsHCQbR+hiyuGLyShGtJU5SHeCg2QNdWQy9lw4CFKQiphPC729HKTrD8htOEjWcJCs4SBZw0FwQnAXCG334CB2koNkYw6SCwdpZpHw/oNJDmJ3chArzeKdHGQXl82Fg2S3h4PENQf55ualsdp6uOAjvSqoqTHUVMNU08jcrth6OGm0It5Jku1JM59taOY/YpqBG+ANtVtJ5crzTC5RTS79mhr6+5BLv5a5/UmZOyaXfkvm/skhFXlITVJM1KKYaKeSyhTTGHp8aIk39IIWxURtimFDD9VbuA7YLoqJGmyIWoYehsGGXnTblVRPMVFDMVFDMVFDMVFDMdEtUEy0w9DT41ncMsUE16OYaVFSo9tIMZNKaiTiqq2VeqlimEKG+1PIVxsK+aKXKm+p3Tpp1tJJPX1ENX1E++ikUU0f0X46adSij2gMl6iBSzQBl6iBSzQBF4hL1LSpddLuLp3U08cunTTGcy2JggyE3RJFkhfaEgV+q1on7V5fJ81rnTSv+OyJwW1jBRMS5VZ00u5NbqmxuyRKM4tb0UmjG+qk+W3VST2fzLxOmolO2qGsSjlZV1fFQDY/+CiqEFER4KTu43SaA2V8nMIDdB/dy1+7+HqK5qjgr5mc4tDFZShnLsxThsDZPdTF5Rih/HpxGKn5FifQSzQNRIn9g6jTjEDaNAfSsGFwvcjoABiFRNMyF9I0B88Y4eR0ag6fjQ+fMUKTJ1qe+4xdto37F6m/OObC+63vHLt875x0+d65MiyzlpMa5Wb94+yjRjisz7/kPFgOh01zvWQemP8RiYLTow0MeRpeymagpjXQ/jhuAn9Ca6C26EvLOyWVpi8D7e8YqERJ+vVU68c5RLZcZDQtwas6h7SYprvhTG8iWVP1i0Kf59Ce2PxGxUeYSHBqCoEp6zbJDotpCUzV3Ta3kU3qA1ORBKUeoFNcJYymfZBsCvEps0Sn+LArYaaY3qnKr1iH+gjanBptwOjrtmJR2T7LnbWhmE1CMZtY7kygmO0JxWwnFPHqBxgD6/hSRg/UAYoOZRjmAxLkjGWY10HHaC90jG4OHaMJdIza4xvQETw63wqWdDj+My/xn6JPw12/Df1v2EGx6U2wm6UkaKGG7ryAVbaiK+477p1wTRs6Qm5ycZoiOoasTQD2YB1BPrhjuBHiPvdUReGHGu0z1KiNBdHOoUZSJoajkxhqdAMQj4daW8mw3iOgMUSxbFGCWFWei1IMq71bFSdpig1PThur8xRNnUY7mXvC9Tfa6SnFkTodZYqtcZ+SEvu9SEhJOVinpMzvn5JyH4XuW6YqhuN0lGHLG3Df7nQUmeZEKgrCVz+ZTEV5fzIV5WkzTkVBesYxDJX37vVwZGy4YH7K//6klYfBeSTPsJx52vDtQE4DChfMFt9+v5WecQ+faoNwCy5HJT3jMOFYHPiDcMkkPSOSvAzebW5xttmO9Ixj4/QMTioqC5+Q10rO4Kzy/dIz3qrDjG/psttOh5SNzD5/sTsOfje7LcqC8xkDQdiuz5EM6phplw/ZkvB3F+HvAKUJ6vC37zXgk7e4y6DpsknP6HK7iIrd6Rk/8ukZ0kQyF5v0jAgKXHe/WU5sUulOblLp1ueINUPym1S6TYh/PEdYY8GIn6lD/EGTntG93iYVTs/4lqnTM75lJD3jWdHJlnFo1TIjt92RnjGkoJWewc+ZRfOs8RuNuhPwgeTjYdRb8asxoJCeETTpGd8yO9MzWi9q0jOCdnrGs2bR/JbxX77lByGTQUjqeMUp1ge4YludntHlnQCtFetixQ6MNsSRxonPu9Mz9l27CQyN9sDQNn5GO/EzauFntDd+Rjvxs845Pu53ZdfpGcerehxjRDw+2uDzpmVaO5MU2pMy7UkFXqr+SOLywd6TiuTdxk9qMlEh2DNRQSbhExVqqJnWpHpSiC2ko5PpGW/qElveAjpalQGkVlYtmp/g6elWQ2ky7Zv0q0XztLn+zH/c5DXwnLvXmTMAAnS5jbOWLlP+9Z5m+eienVPCbA4jn1j7uVx/GjdYuPbwfXpG4E8ixPADOZowqjFx3NuePIQdAxlcZE3qBQ+Fo75GTlh83ucivuCzp16q3dNd4tP7xIUMAco+NuzzpyMUew+CWxqJp57PU6fwRPC8PhP8HMV0hB1tP1f7EaYopXk6OChkiZALVkSU1dZgNmENjh1sWR3TzbwDId7pYMvEgRDfZgdb3o4Cs4MtX+GiRRHNswPhIB1sosC2XZoErrTOrkyKloMNhbe7VSkwZ1eed7Pl13ezdcSNwEGT7u1ys43DnZTfupstv3U3W0fcCM0sbsXN1r2hY7ojboTotuZTSF54JvnFPT62kFVTbBdQn8o5rHVB9nAG3m5mEkFcKIbxNZjnMys5HGNGcrippPmCaluRoToLeOoGtNmEjsbUecTRaA8Cranz9Jg6F5g6+XSJSdqkmn1aCboyie7jsBmTaHJCffs9zU0S99x7uuKl24NSfarz/+u02v0PtPr/N1rteiJlki272FkG+iimYa4dlcrUu220zt42Wra3jXZcbLQDYqPdIzbaMbHRDouN1t/LRuvVNtpcbaMdpblJG+3eto02t8NGm7u+jZbvqwHne9lo97Z14HynDpy3dOB8bx0432Wj3Ttho+XeRru3ttGiSRttrm7SUo3nxEbD8RP7zHKuPcu8baPN4cyKvW00NlzmJueY0xzmmMsc5yZttLzp8wY2WrSnjTZ3Qxst2sNGy3fZaPmt22jR3jZadDM2WiQ2GrzlbKNlmEZe22hcmqNto+XrfEjJBvWqonczNlq2L4ZmN7DRsp34mbXwM9sbP7P9bLTODhuts4eN1vkT2GjZjWy0bNJa6YytlY5X9zM59K2zwmeMjK2VbF8brVvbaPfsstE6bIDd0zLA2EY7sMPvGMAGb6yaW7TRrjdnCNHds+6PZ92fnHX/xrOWLsVGG5vYE7sCOrWNduzfi42WjW20bNJGy27SRmv0vF6956Ol54kFxzsas7E51mOFb/o62h6Ntb05r+3N7aPtsZrXubGatyO7dg/9ztxWS6wj8hxHJTHXzFi76/DhvSus+nRYu0vH2l2G53qs3fWg3aEIZ2+s3WWi3XXa2l0GYPbqyMaIS2gYLkne0u46DVAkvk090e46YHmoKnm7A7q+RmKn0e46jXbXabS7TqPddeoaiTeh3XXG2l1PtLtmFrei3UU31O56ot11bmtAV7S7tNbuuIx0l39p7xvPY9llyptq6ULemdyhel8rJDDcKyTARBc0KYEXcn0k5TICjV0Xcsnk2FeJwuZcj1Fs5tl0D4MOsV+x+dLC0BQ0isD3hp42uZJnPN6ujiminBsqiQUoFdGOl/i4yPvv6rQ4OA6uiDHJoYln3tVVMT8OpXRaoZS5OpRyXx1KyXaFUo77UMqRSdgdacHu+L67e9/cY3fvLYRUDkJVP1pHVnjjq92tsoMOiuEulZ01+XyXyh5N6uoSXYlauvqUKPB92e4ai+ZuvOYOmoTKvjAOqyzsHVaJoLIviMoey67XiBZYZY9uKqzC8by0CYA0R8yx3IjGYZVUdLw6rJLWO0K7zCHF19mF4zBdGZZpvSPU95qO8AruMp0Iq0TjsAqKu0Sisg/aKimmMxFW4T2UCxIQHuwfVol3hVXq8cQ+rNIekvdid9vlNdI6rBJzQo/MMa7nGE2EVXB7Amw7VfbBTpXdLBcpLSx7JB+r7KjIfoTSWpOun4v2C6tEk2EVHP05BhRU9nSHyh65TYqGAuTWi+rbKJZ1I5V9ICp7TsOKSzfnElaJ6rCK7FOeDKvkLd02FZU9uqm1m8DQeA8MbeNnvBM/4xZ+xnvjZ7wTP2vtdiibeeN6M++wwibKSUQcjlACreDEwbhRXKMbxYri9qQinLW196TidqyoW08KniF+pkzrbEw++qjuIJbTj+rRjhGyHVaZ3qWy47xvpGOW6YTK3tbt0SSFVh/Xu15ZZb/OzH+sKXr45uZc5rd91tJlyr8eqJq3H9g5pVZYJd1PZffTSMcqe4Q37rFw7eH7rcqpnGCYtoYf15g47m1PHgJznVX2es/uYJfKHiHrMqV5ScRkBT6vJC8zh8p+cJyD6VX2wVhlh555kEIUSRGVfZ4yuo/mBiTOAU7CjG9b9mXkc/pROa7O548m8/mjOp8/msznjzhts87n93ncMQ1GzDVTVkf4oEwcsUxIFrlvhLpcc4QEThSu46xNVtntMle3j6SCu6jsqajs8Tj7Ekk3aZ2MBEaB7HaUSRmIyh7Vdkw0mV9o6xxM6Gd+6+CfeMJ2rLIPRGWPoSewys6fWGXnT6yy8ydW2TGjAZf620NlTxuV3bPQqFbZbZ2DGVdFKsmVRvyyUaOym7o5/8CD5WZpo7J7GJkGRvWuDVHZY6jsf3LgpIINuc/BzIsgS8I6htJBgmDH16Ob0N3Dsd5en1ISie55XIwc1hSP1Lpnq1ShpHAaX8psnrfhMKFBw+7YTVShF2IUVEIkYKxh8zlcvP3nqGj6srNH85NiN7a0fHkSNZxEvz9al20J0snn1fWelzcHMmJg/BW2ybkAEx8OZ7gaX2ExOkL9YaaeGYhByg3KTVNpl/MQhYk93YQpKhFnnOSF5gnNAO+X8yB1fxtnu3XgncwVHjmJRedqa1LgOuZzwEUlSBZQenmZZpbXuLJ2ciJ49h1fgPlZKaX0Bio+o/Qd1z2ybJR/uKKZGsCJb0S2WsSVixKhyqddcsT5fPUjDWTkgcJHxN6QulsnUBAacaZX3tGt4wqe2nEewxlphvbPSfvXbtD+ubr989L+uzdo/3zd/iVp//oN2qPZDOr0EyOGpRmwO/hsmFVJFF66Kx704yge8hMoPupnXpwNUGksmDyMgs7ufF95toZAcEIl7aYf3dX0o/XkUee/3fShXU0fqueNkwDaTR/c1fRBmTImCDfYw2KzU3SJg0iBLPiHW6vNtWNQ4PvniFD/lQuhcWF1VC7/QH102eKJQJVnz23+WTpLM3T/6IU/uyZlciNU7K7LkDupjWpRt1DqkbOHd0Epc5XOoItfOEe/ghJZDN/ywXPxNz2Iy4fO6W8+5Veg/Oi5TL689I4uz56b/uZT9ND+x4D8xf1OAKEHf5aHPvqzPHT2Z3iIHQI84fGhIU+l9AtP0YfpF35vUP7ehTxO6/NJDCr4mpShX1ps1MpxfozFsS4WZdbvd7r4eWbDgRxrFoFn3c8HVngOZz1rs/iXLFm3cX5Iln6ez5dLFnCGg5Saf/pdLeW4t7gcN5etXzCvvcvlCQcHhDm8JkXQUFhf23EhdBydxCffBNAn+NQ8fxYmbsg5j3zHyPGackRmfQgEDx+eiOapBD9/QOqiRmmXj+kc3K3SNFAqTf/RdFe5Z5I01Eoprdy3k/R/sfJZqb+qlHpDKfVrWqmvK6V+Xyn1j5RSxij1VaXU31RK/QOl1NAo9bhS6o+VUn9fKfW0UWqklPrnSqnXlFL/wn9Hp/+dUmo1UKpSSj2mlXpVKfWfWqW+rJQ6b5T6uwqpS0qtKaVe8t9fipT6C0qpnw+U+iOl1IuxUs8opV4PlPo7SqlfSmSsv23l94OJUn+olPpcKL//j5FS/xPG5b//jv/uh8R/oVIqV0rdoZT6KOaslLqGP63UtUCpa7FS1/pKXZtX6trHlLq2qdS1bfxpdW07UNe2Y3Vtu6+ubc+ra9sfU9e2N9W17W386Wvb28G17e342vZ2/9r29vy17e2PXdve3sSxmDaM4qTTTbO81x9MTc/MHjh4aO7wkeHRO47NB0op68cWKaVipVSilOoopbpKqVQplflx95RSfaXUQCk1pZSaVkrNKKVmlVIHABOl1CGl1JxS6rBS6gjWTSl11M/5mFJqXuE4G6UKrIFS6k6l1F1KqXuUUieUUvcphQMS1YeUQv1N9WcAe6XUo0qp31BKBVqpwCgVWKWCRKlgoHACjgqWlAq2lAqAYc/l6QGttTYmCKwNx5NX7jt5+p9oLIZBZz/j5Kf9pA/6yR71k1pQSp1WSi0ppbbqlTf+JYl/mCYbuDd76X9tm9G2Vkq3HtRK60iwCbfQEV9JKSYrTCLwV+uvvn0Y+2vHX7v+msk16gmShgN/nfXXg3w14VG+BiHJ68PT/N4oXOLvccgTUUnEs1XdSEaWRRgk+XHiwXqcxo+7Hmfov9fjTPz3epypH2fO98fjnPbf63HO8fd6nAGOasNjdonhJVdqxtuJeGVUGgHAp1tw1f799TgDf63HGflrPc6Ov6b+WsO178dXj3OWr/U4Ba7kx0kerkoNIkGbfiQY0osYW1Qe4fShZ2fSv4SDQHXogePfZT8qkwqvMZT7IXiHUgdC8AoAQxrG9tf4moXgM0pNh+ArSh0KwUswxztkMe01vvZC8CGlZkPwHQBZM5DqftLwGq/aVAgepdTBEHwJSJJzu7qfPARPU2omBA/D4mm/KDLubniNsXcQgt8pdTQEH1NqiGus1BFcA6UO46qVmsNVuecOpL9pW6QReRKwtrVkbVJIdpBCG7VwHfjrjL8e9NfD/nrUX+f9tRRUjO7y1xOCitEpQcHoQRlO9EsC/eg3POqBgw38OBlcLdSqSZZ2k2zURi1cp/31gL/O+evQX4/5a+HHd6e/3uPHeZ8f54f8OP+MB9ejnqTBbcmP87S/DlrjjXeQQrdFCmPWoqIpf53110P+esRf7/BX8iQQeBIIPAkEngQCEtYSDIR0g0RYTmCVe/lw+pT2TD32zBrrBHwEbgOxgDvAI+AU8AvEAYQF8m9v408rIBqQDgi4vT2vtrc/piBIt7e38ae3t7eD7e3teHt7u7+9vT2/vb39sW00cN85kv7HbY6vdnD/tkSomXv7L2n97RZF7rlhGjzX1/8P";var J=class extends Error{constructor(t,n){super(`at byte ${t} of the decompressed content: ${n}`);this.offset=t}offset;name="ScanError"},P=class{#t;#e;at=0;constructor(e){this.#t=e,this.#e=new DataView(e.buffer,e.byteOffset,e.byteLength)}get left(){return this.#t.byteLength-this.at}skip(){for(let e=1;e>0;e--)e+=this.#n()}array(){let e=this.#r();return e>>4===9?e&15:e===220?this.#s(2):e===221?this.#s(4):this.#o("an array")}map(){let e=this.#r();return e>>4===8?e&15:e===222?this.#s(2):e===223?this.#s(4):this.#o("a map")}number(){let e=this.#r();if(e<128)return e;if(e>=224)return e-256;let t=He.get(e);if(t===void 0)return this.#o("a number");let n=this.at;return this.#i(t.bytes),t.from(this.#e,n)}text(){let e=this.#r(),t;if(e>>5===5)t=e&31;else if(e>=217&&e<=219)t=this.#s(1<<e-217);else return this.#o("a text");let n=this.at;return this.#i(t),new TextDecoder().decode(this.#t.subarray(n,this.at))}nil(){return this.#t[this.at]!==192?!1:(this.at++,!0)}fail(e){throw new J(this.at,e)}#n(){let e=this.#r();if(e<128||e>=224)return 0;if(e<144)return 2*(e&15);if(e<160)return e&15;if(e<192)return this.#i(e&31);let t=Ie[e];if(t!==void 0)return this.#i(t);let n=Ce[e];if(n===void 0)return this.#o("a value");let r=this.#s(n.of);return n.values>0?r*n.values:this.#i(r+n.more)}#r(){let e=this.#t[this.at];return e===void 0&&this.fail("it ends too early"),this.at++,e}#s(e){let t=this.at;return this.#i(e),e===1?this.#e.getUint8(t):e===2?this.#e.getUint16(t):this.#e.getUint32(t)}#i(e){return e>this.left&&this.fail("it ends too early"),this.at+=e,0}#o(e){return this.at--,this.fail(`${e} was expected, not 0x${(this.#t[this.at]??0).toString(16)}`)}},He=new Map([[202,{bytes:4,from:(s,e)=>s.getFloat32(e)}],[203,{bytes:8,from:(s,e)=>s.getFloat64(e)}],[204,{bytes:1,from:(s,e)=>s.getUint8(e)}],[205,{bytes:2,from:(s,e)=>s.getUint16(e)}],[206,{bytes:4,from:(s,e)=>s.getUint32(e)}],[207,{bytes:8,from:(s,e)=>Number(s.getBigUint64(e))}],[208,{bytes:1,from:(s,e)=>s.getInt8(e)}],[209,{bytes:2,from:(s,e)=>s.getInt16(e)}],[210,{bytes:4,from:(s,e)=>s.getInt32(e)}],[211,{bytes:8,from:(s,e)=>Number(s.getBigInt64(e))}]]),Ie={192:0,194:0,195:0,202:4,203:8,204:1,205:2,206:4,207:8,208:1,209:2,210:4,211:8,212:2,213:3,214:5,215:9,216:17},Ce={196:{of:1,more:0,values:0},197:{of:2,more:0,values:0},198:{of:4,more:0,values:0},199:{of:1,more:1,values:0},200:{of:2,more:1,values:0},201:{of:4,more:1,values:0},217:{of:1,more:0,values:0},218:{of:2,more:0,values:0},219:{of:4,more:0,values:0},220:{of:2,more:0,values:1},221:{of:4,more:0,values:1},222:{of:2,more:0,values:2},223:{of:4,more:0,values:2}};var f=class extends Error{name="RecordingError"},Q=8,Fe=4247762216,Ke=35615;async function le(s,e,t){let n=new DataView(s.buffer,s.byteOffset,s.byteLength);if(n.byteLength>2&&n.getUint16(0,!0)===Ke)return je(s,t);if(n.byteLength<Q+4||n.getUint32(Q,!0)!==Fe)throw new f(`this is neither a .viser nor an .mcap file (${s.byteLength} bytes)`);let r=n.getUint32(0,!0)+n.getUint32(4,!0)*2**32;if(r>t)throw new f(`${r} bytes of content exceed the limit of ${t}`);let i=ze(e,s.subarray(Q),r);if(i.byteLength!==r)throw new f(`corrupt zstd data: ${i.byteLength} of ${r} bytes`);return i}function ze(s,e,t){try{return s.decode(e,t)}catch(n){throw new f("corrupt zstd data",{cause:n})}}async function je(s,e){let t=new Blob([s]).stream().pipeThrough(new DecompressionStream("gzip")),n=[],r=0,i=t.getReader();for(;;){let{done:o,value:a}=await i.read().catch(c=>{throw new f("corrupt gzip data",{cause:c})});if(o)return Oe(n,r);if(n.push(a),r+=a.byteLength,r>e)throw i.cancel(),new f(`the content exceeds the limit of ${e} bytes`)}}function Oe(s,e){let t=new Uint8Array(e),n=0;for(let r of s)t.set(r,n),n+=r.byteLength;return t}function me(s){let e=new P(s),t={durationSec:void 0,viserVersion:"",loopStart:void 0,messages:void 0};for(let h=e.map();h>0;h--)qe(e,t);let{durationSec:n,messages:r,viserVersion:i,loopStart:o}=t;if(n===void 0||r===void 0)throw new f("a recording without durationSeconds or messages");let a=o===void 0?0:r.times[o]??0,c=r.times.at(-1)??0;return{...r,header:{durationSec:Math.max(n,c),viserVersion:i,loopStartSec:a}}}function qe(s,e){switch(s.text()){case"durationSeconds":e.durationSec=s.number();return;case"viserVersion":e.viserVersion=s.text();return;case"loopStartIndex":e.loopStart=s.nil()?void 0:s.number();return;case"messages":e.messages=Xe(s);return;default:s.skip()}}function Xe(s){let e=s.array();e*3>s.left&&s.fail(`${e} messages are declared`);let[t,n,r]=[new Float64Array(e),new Float64Array(e),new Float64Array(e)],i=Number.NEGATIVE_INFINITY;for(let o=0;o<e;o++)s.array()!==2&&s.fail("a message that is no pair of time and map"),i=Math.max(i,Ge(s)),t[o]=i,n[o]=s.at,s.skip(),r[o]=s.at;return{times:t,starts:n,ends:r}}function Ge(s){let e=s.number();return Number.isFinite(e)||s.fail("a time that is none"),e}var Ve=65536,R=class{size;#t;#e;#n=0;constructor(e,t,n){this.size=e,this.#e=t,this.#t=n}async read(e,t,n=t){let r=Math.min(this.size,e+t);return(e<this.#n||r>this.#n+this.#e.byteLength)&&(this.#e=await this.#r(e,Math.min(this.size,Math.max(r,e+n))),this.#n=e),this.#e.subarray(e-this.#n,Math.max(e,r)-this.#n)}async#r(e,t){let n=this.#e.subarray(Math.max(0,e-this.#n));if(e<this.#n||n.byteLength===0)return this.#t(e,t);let r=await this.#t(e+n.byteLength,t),i=new Uint8Array(n.byteLength+r.byteLength);return i.set(n),i.set(r,n.byteLength),i}};async function ye(s,e){if(typeof s=="string")return Ze(s,e);if(s instanceof Uint8Array)return pe(s);let t=async(n,r)=>new Uint8Array(await s.slice(n,r).arrayBuffer());return new R(s.size,new Uint8Array,t)}function pe(s){return new R(s.byteLength,s,async(e,t)=>s.subarray(e,t))}async function Ze(s,e){let t=await W(s,{headers:{Range:`bytes=0-${Ve-1}`}}),n=Ne(t);if(n===void 0)return pe(await Qe(t.status===206?await W(s):t,s,e));let r=new Uint8Array(await t.arrayBuffer());return new R(n,r,(i,o)=>Je(s,i,o))}function Ne(s){let e=/^bytes 0-\\d+\\/(\\d+)$/.exec(s.headers.get("Content-Range")??"");return s.status===206&&e!==null?Number(e[1]):void 0}async function Je(s,e,t){let n=await W(s,{headers:{Range:`bytes=${e}-${t-1}`}}),r=n.status===206?new Uint8Array(await n.arrayBuffer()):void 0;if(r?.byteLength===t-e)return r;throw r===void 0&&n.body?.cancel(),new Error(`${s}: instead of bytes ${e} to ${t} there came ${r?.byteLength??"the whole file"}`)}async function Qe(s,e,t){let n=[],r=Number(s.headers.get("Content-Length")??0),i=s.body?.getReader();for(let o=0;r<=t;r=Math.max(r,o)){let{done:a=!0,value:c}=await i?.read()??{};if(a)return new Uint8Array(await new Blob(n).arrayBuffer());n.push(c),o+=c.byteLength}throw i?.cancel(),new f(`${e}: the server doesn\'t answer range requests, and the whole file has more than ${t} bytes (maxFileBytes)`)}async function W(s,e={}){let t=await fetch(s,{...e,cache:"no-store"});if(t.ok)return t;let n=(await t.text().catch(()=>"")).trim().slice(0,200);throw new Error(`${s}: ${t.status} ${n||t.statusText}`)}var We=new Set(["in","step","keyframe","gap","state"]),D=class{#t=new Map;#e=new Map;learn(e){let[t,n,r]=[e.uint16(),e.uint16(),e.text()];e.text();let i=e.pairs(a=>a.text(),a=>a.text()).get("role"),o=i===void 0?"push":We.has(i)?i:"unknown";this.#t.set(t,o),(o==="push"||o==="in")&&this.#e.set(t,Ye(r,n,o))}roleOf(e){return this.#t.get(e)??"unknown"}nameOf(e){return this.#e.get(e)}};function Ye(s,e,t){return e===0?"?":t==="in"?s.replace(/^in\\//,""):s}var m={header:1,footer:2,schema:3,channel:4,message:5,chunk:6,messageIndex:7,chunkIndex:8,attachment:9,statistics:11,metadata:12,dataEnd:15},b=new Uint8Array([137,77,67,65,80,48,13,10]),g=9,l=class extends Error{constructor(t,n,r){super(`at byte ${t} of the file: ${n}`,r);this.offset=t}offset;name="DamageError"},y=class s{#t;#e;at=0;constructor(e){this.#t=e,this.#e=new DataView(e.buffer,e.byteOffset,e.byteLength)}get left(){return this.#t.byteLength-this.at}uint8(){return this.#e.getUint8(this.#n(1))}uint16(){return this.#e.getUint16(this.#n(2),!0)}uint32(){return this.#e.getUint32(this.#n(4),!0)}uint64(){return this.uint32()+this.uint32()*2**32}nanos(){return this.#e.getBigUint64(this.#n(8),!0)}take(e){let t=this.#n(e);return this.#t.subarray(t,t+e)}text(){return new TextDecoder().decode(this.take(this.uint32()))}pairs(e,t){let n=new s(this.take(this.uint32())),r=new Map;for(;n.left>0;)r.set(e(n),t(n));return r}record(){return{op:this.uint8(),content:this.take(this.uint64())}}#n(e){if(!(e<=this.left))throw new RangeError(`a record ends too early, at its byte ${this.at}`);return this.at+=e,this.at-e}};function H(s){let[e,t]=[s.nanos(),s.nanos()],[n,r]=[s.uint64(),s.uint32()];return{start:e,end:t,size:n,crc:r,compression:s.text(),stored:s.uint64()}}var $e=Uint32Array.from({length:256},(s,e)=>{let t=e;for(let n=0;n<8;n++)t=t&1?t>>>1^3988292384:t>>>1;return t});function I(s){let e=4294967295;for(let t=0;t<s.byteLength;t++)e=$e[(e^s[t])&255]^e>>>8;return~e>>>0}var C=class{chunks=[];channels=new D;metadata=new Map;counts=new Map;damage;add(e){let t=this.chunks.at(-1);if(e.end<e.start||t!==void 0&&(e.start<=t.end||e.offset<t.offset+t.bytes))throw new l(e.offset,"the chunk isn\'t in the order of time");let n={...e,keyframe:!1,gap:!1,messages:0};return this.chunks.push(n),n}};function ge(s,e){s.keyframe||=e==="keyframe",s.gap||=e==="gap"}function ee(s){return b.every((e,t)=>s[t]===e)}var U=65536,Y=g+8+8+4,_e=1<<20,$=6,xe=16;async function be(s,e){let{index:t,dataAt:n}=await et(s),{metadata:r}=t;try{return await tt(s,e,r)}catch(i){if(!(i instanceof l||i instanceof RangeError))throw i}try{await rt(s,t,n)}catch(i){if(!(i instanceof l||i instanceof RangeError))throw i;t.damage=i.message}return t}async function et(s){let e=new C,t=b.byteLength,n=await _(s,t),r=n.op===m.header?(await te(s,n)).text():"";if(r!=="scenewire")throw new f(`an MCAP file of profile "${r}", not of scenewire`);t=n.end;let i=await _(s,t).catch(()=>{});return i?.op===m.metadata&&(await we(s,i,e),t=i.end),{index:e,dataAt:t}}async function tt(s,e,t){let n=s.size-Y-b.byteLength;await s.read(Math.max(0,s.size-U),U);let r=new y(await s.read(Math.max(0,n),Y+b.byteLength)),{op:i,content:o}=r.record();if(i!==m.footer||!ee(r.take(b.byteLength)))throw new l(s.size,"there is no footer");let a=new y(o),[c,h,d]=[a.uint64(),a.uint64(),a.uint32()];if(c<b.byteLength||c>n||h>n)throw new l(n,"there is no summary");if(n-c>e)throw new f(`an index of ${n-c} bytes exceeds the limit of ${e}`);let u=await s.read(c,n-c+Y-4);if(d!==0&&I(u)!==d)throw new l(c,"the summary\'s checksum doesn\'t fit it");let k=new C;k.metadata=t;let he=new y(u.subarray(0,n-c));for(;he.left>0;)nt(k,he.record());return k}function nt(s,{op:e,content:t}){let n=new y(t);if(e===m.channel&&s.channels.learn(n),e===m.statistics&&(n.take(42),s.counts=n.pairs(u=>u.uint16(),u=>u.uint64())),e!==m.chunkIndex)return;let[r,i,o,a]=[n.nanos(),n.nanos(),n.uint64(),n.uint64()],c=s.add({offset:o,bytes:a,start:r,end:i}),h=n.pairs(u=>u.uint16(),u=>u.uint64());for(let u of h.keys())ge(c,s.channels.roleOf(u));let d=n.uint64()-h.size*(g+$);c.messages=Math.max(0,d/xe)}async function rt(s,e,t){for(let n=t;;){let r=await _(s,n);switch(r.op){case m.dataEnd:return;case m.chunk:{let{start:i,end:o}=await it(s,r);e.add({offset:n,bytes:r.end-n,start:i,end:o});break}case m.messageIndex:await st(s,r,e);break;case m.channel:e.channels.learn(await te(s,r));break;case m.metadata:await we(s,r,e);break;case m.schema:case m.attachment:break;default:throw new l(n,`a record (${r.op}) that doesn\'t belong here`)}n=r.end}}async function st(s,e,t){let n=t.chunks.at(-1),r=new y(await s.read(e.at+g,$,U)),[i,o]=[r.uint16(),r.uint32()];if(n===void 0||o!==e.end-e.at-g-$)throw new l(e.at,"the index of a chunk is damaged");let a=o/xe;n.messages+=a,t.counts.set(i,(t.counts.get(i)??0)+a),ge(n,t.channels.roleOf(i))}async function we(s,e,t){let n=await te(s,e);n.text()==="scenewire"&&(t.metadata=n.pairs(r=>r.text(),r=>r.text()))}async function _(s,e){let t=await s.read(e,g,U);if(t.byteLength<g)throw new l(e,"the file ends without a summary");let n=new y(t),r=n.uint8(),i=e+g+n.uint64();if(r===0)throw new l(e,"there is no record");if(i>s.size)throw new l(e,`a record of ${i-e} bytes, of which there are ${s.size-e}`);return{op:r,at:e,end:i}}async function te(s,{at:e,end:t}){let n=e+g;if(t-n>_e)throw new l(e,`a record of ${t-n} bytes`);return new y(await s.read(n,t-n,U))}async function it(s,{at:e,end:t}){let n=e+g;try{return H(new y(await s.read(n,Math.min(64,t-n),U)))}catch(r){throw r instanceof RangeError?new l(e,"the chunk\'s head is damaged"):r}}var Wt=new TextEncoder;var ot=4096;function ne(s,e,t){let n=e,r=n+t,i=[],o="";for(;n<r;){let a=s[n++];if((a&128)===0)i.push(a);else if((a&224)===192){let c=s[n++]&63;i.push((a&31)<<6|c)}else if((a&240)===224){let c=s[n++]&63,h=s[n++]&63;i.push((a&31)<<12|c<<6|h)}else if((a&248)===240){let c=s[n++]&63,h=s[n++]&63,d=s[n++]&63,u=(a&7)<<18|c<<12|h<<6|d;u>65535&&(u-=65536,i.push(u>>>10&1023|55296),u=56320|u&1023),i.push(u)}else i.push(a);i.length>=ot&&(o+=String.fromCharCode(...i),i.length=0)}return i.length>0&&(o+=String.fromCharCode(...i)),o}var at=new TextDecoder,ct=200;function dt(s,e,t){let n=s.subarray(e,e+t);return at.decode(n)}function ke(s,e,t){return t>ct?dt(s,e,t):ne(s,e,t)}var S=class{type;data;constructor(e,t){this.type=e,this.data=t}};var p=class s extends Error{constructor(e){super(e);let t=Object.create(s.prototype);Object.setPrototypeOf(this,t),Object.defineProperty(this,"name",{configurable:!0,enumerable:!1,value:s.name})}};function Se(s,e,t){let n=Math.floor(t/4294967296),r=t;s.setUint32(e,n),s.setUint32(e+4,r)}function F(s,e){let t=s.getInt32(e),n=s.getUint32(e+4);return t*4294967296+n}function Ue(s,e){let t=s.getUint32(e),n=s.getUint32(e+4);return t*4294967296+n}var ht=-1,ut=4294967296-1,ft=17179869184-1;function lt({sec:s,nsec:e}){if(s>=0&&e>=0&&s<=ft)if(e===0&&s<=ut){let t=new Uint8Array(4);return new DataView(t.buffer).setUint32(0,s),t}else{let t=s/4294967296,n=s&4294967295,r=new Uint8Array(8),i=new DataView(r.buffer);return i.setUint32(0,e<<2|t&3),i.setUint32(4,n),r}else{let t=new Uint8Array(12),n=new DataView(t.buffer);return n.setUint32(0,e),Se(n,4,s),t}}function mt(s){let e=s.getTime(),t=Math.floor(e/1e3),n=(e-t*1e3)*1e6,r=Math.floor(n/1e9);return{sec:t+r,nsec:n-r*1e9}}function yt(s){if(s instanceof Date){let e=mt(s);return lt(e)}else return null}function pt(s){let e=new DataView(s.buffer,s.byteOffset,s.byteLength);switch(s.byteLength){case 4:return{sec:e.getUint32(0),nsec:0};case 8:{let t=e.getUint32(0),n=e.getUint32(4),r=(t&3)*4294967296+n,i=t>>>2;return{sec:r,nsec:i}}case 12:{let t=F(e,4),n=e.getUint32(0);return{sec:t,nsec:n}}default:throw new p(`Unrecognized data size for timestamp (expected 4, 8, or 12): ${s.length}`)}}function gt(s){let e=pt(s);return new Date(e.sec*1e3+e.nsec/1e6)}var Ae={type:ht,encode:yt,decode:gt};var K=class s{static defaultCodec=new s;__brand;builtInEncoders=[];builtInDecoders=[];encoders=[];decoders=[];constructor(){this.register(Ae)}register({type:e,encode:t,decode:n}){if(e>=0)this.encoders[e]=t,this.decoders[e]=n;else{let r=-1-e;this.builtInEncoders[r]=t,this.builtInDecoders[r]=n}}tryToEncode(e,t){for(let n=0;n<this.builtInEncoders.length;n++){let r=this.builtInEncoders[n];if(r!=null){let i=r(e,t);if(i!=null){let o=-1-n;return new S(o,i)}}}for(let n=0;n<this.encoders.length;n++){let r=this.encoders[n];if(r!=null){let i=r(e,t);if(i!=null){let o=n;return new S(o,i)}}}return e instanceof S?e:null}decode(e,t,n){let r=t<0?this.builtInDecoders[-1-t]:this.decoders[t];return r?r(e,t,n):new S(t,e)}};function xt(s){return s instanceof ArrayBuffer||typeof SharedArrayBuffer<"u"&&s instanceof SharedArrayBuffer}function re(s){return s instanceof Uint8Array?s:ArrayBuffer.isView(s)?new Uint8Array(s.buffer,s.byteOffset,s.byteLength):xt(s)?new Uint8Array(s):Uint8Array.from(s)}function z(s){return`${s<0?"-":""}0x${Math.abs(s).toString(16).padStart(2,"0")}`}var bt=16,wt=16,j=class{hit=0;miss=0;caches;maxKeyLength;maxLengthPerKey;constructor(e=bt,t=wt){this.maxKeyLength=e,this.maxLengthPerKey=t,this.caches=[];for(let n=0;n<this.maxKeyLength;n++)this.caches.push([])}canBeCached(e){return e>0&&e<=this.maxKeyLength}find(e,t,n){let r=this.caches[n-1];e:for(let i of r){let o=i.bytes;for(let a=0;a<n;a++)if(o[a]!==e[t+a])continue e;return i.str}return null}store(e,t){let n=this.caches[e.length-1],r={bytes:e,str:t};n.length>=this.maxLengthPerKey?n[Math.random()*n.length|0]=r:n.push(r)}decode(e,t,n){let r=this.find(e,t,n);if(r!=null)return this.hit++,r;this.miss++;let i=ne(e,t,n),o=Uint8Array.prototype.slice.call(e,t,t+n);return this.store(o,i),i}};var se="array",B="map_key",Re="map_value",kt=s=>{if(typeof s=="string"||typeof s=="number")return s;throw new p("The type of key must be string or number but "+typeof s)},ie=class{stack=[];stackHeadPosition=-1;get length(){return this.stackHeadPosition+1}top(){return this.stack[this.stackHeadPosition]}pushArrayState(e){let t=this.getUninitializedStateFromPool();t.type=se,t.position=0,t.size=e,t.array=new Array(e)}pushMapState(e){let t=this.getUninitializedStateFromPool();t.type=B,t.readCount=0,t.size=e,t.map={}}getUninitializedStateFromPool(){if(this.stackHeadPosition++,this.stackHeadPosition===this.stack.length){let e={type:void 0,size:0,array:void 0,position:0,readCount:0,map:void 0,key:null};this.stack.push(e)}return this.stack[this.stackHeadPosition]}release(e){if(this.stack[this.stackHeadPosition]!==e)throw new Error("Invalid stack state. Released state is not on top of the stack.");if(e.type===se){let n=e;n.size=0,n.array=void 0,n.position=0,n.type=void 0}if(e.type===B||e.type===Re){let n=e;n.size=0,n.map=void 0,n.readCount=0,n.type=void 0}this.stackHeadPosition--}reset(){this.stack.length=0,this.stackHeadPosition=-1}},E=-1,oe=new DataView(new ArrayBuffer(0)),St=new Uint8Array(oe.buffer);try{oe.getInt8(0)}catch(s){if(!(s instanceof RangeError))throw new Error("This module is not supported in the current JavaScript engine because DataView does not throw RangeError on out-of-bounds access")}var Me=new RangeError("Insufficient data"),Ut=new j,w=class s{extensionCodec;context;useBigInt64;rawStrings;maxStrLength;maxBinLength;maxArrayLength;maxMapLength;maxExtLength;keyDecoder;mapKeyConverter;totalPos=0;pos=0;view=oe;bytes=St;headByte=E;stack=new ie;entered=!1;constructor(e){this.extensionCodec=e?.extensionCodec??K.defaultCodec,this.context=e?.context,this.useBigInt64=e?.useBigInt64??!1,this.rawStrings=e?.rawStrings??!1,this.maxStrLength=e?.maxStrLength??4294967295,this.maxBinLength=e?.maxBinLength??4294967295,this.maxArrayLength=e?.maxArrayLength??4294967295,this.maxMapLength=e?.maxMapLength??4294967295,this.maxExtLength=e?.maxExtLength??4294967295,this.keyDecoder=e?.keyDecoder!==void 0?e.keyDecoder:Ut,this.mapKeyConverter=e?.mapKeyConverter??kt}clone(){return new s({extensionCodec:this.extensionCodec,context:this.context,useBigInt64:this.useBigInt64,rawStrings:this.rawStrings,maxStrLength:this.maxStrLength,maxBinLength:this.maxBinLength,maxArrayLength:this.maxArrayLength,maxMapLength:this.maxMapLength,maxExtLength:this.maxExtLength,keyDecoder:this.keyDecoder})}reinitializeState(){this.totalPos=0,this.headByte=E,this.stack.reset()}setBuffer(e){let t=re(e);this.bytes=t,this.view=new DataView(t.buffer,t.byteOffset,t.byteLength),this.pos=0}appendBuffer(e){if(this.headByte===E&&!this.hasRemaining(1))this.setBuffer(e);else{let t=this.bytes.subarray(this.pos),n=re(e),r=new Uint8Array(t.length+n.length);r.set(t),r.set(n,t.length),this.setBuffer(r)}}hasRemaining(e){return this.view.byteLength-this.pos>=e}createExtraByteError(e){let{view:t,pos:n}=this;return new RangeError(`Extra ${t.byteLength-n} of ${t.byteLength} byte(s) found at buffer[${e}]`)}decode(e){if(this.entered)return this.clone().decode(e);try{this.entered=!0,this.reinitializeState(),this.setBuffer(e);let t=this.doDecodeSync();if(this.hasRemaining(1))throw this.createExtraByteError(this.pos);return t}finally{this.entered=!1}}*decodeMulti(e){if(this.entered){yield*this.clone().decodeMulti(e);return}try{for(this.entered=!0,this.reinitializeState(),this.setBuffer(e);this.hasRemaining(1);)yield this.doDecodeSync()}finally{this.entered=!1}}async decodeAsync(e){if(this.entered)return this.clone().decodeAsync(e);try{this.entered=!0;let t=!1,n;for await(let a of e){if(t)throw this.entered=!1,this.createExtraByteError(this.totalPos);this.appendBuffer(a);try{n=this.doDecodeSync(),t=!0}catch(c){if(!(c instanceof RangeError))throw c}this.totalPos+=this.pos}if(t){if(this.hasRemaining(1))throw this.createExtraByteError(this.totalPos);return n}let{headByte:r,pos:i,totalPos:o}=this;throw new RangeError(`Insufficient data in parsing ${z(r)} at ${o} (${i} in the current buffer)`)}finally{this.entered=!1}}decodeArrayStream(e){return this.decodeMultiAsync(e,!0)}decodeStream(e){return this.decodeMultiAsync(e,!1)}async*decodeMultiAsync(e,t){if(this.entered){yield*this.clone().decodeMultiAsync(e,t);return}try{this.entered=!0;let n=t,r=-1;for await(let i of e){if(t&&r===0)throw this.createExtraByteError(this.totalPos);this.appendBuffer(i),n&&(r=this.readArraySize(),n=!1,this.complete());try{for(;yield this.doDecodeSync(),--r!==0;);}catch(o){if(!(o instanceof RangeError))throw o}this.totalPos+=this.pos}}finally{this.entered=!1}}doDecodeSync(){e:for(;;){let e=this.readHeadByte(),t;if(e>=224)t=e-256;else if(e<192)if(e<128)t=e;else if(e<144){let r=e-128;if(r!==0){this.pushMapState(r),this.complete();continue e}else t={}}else if(e<160){let r=e-144;if(r!==0){this.pushArrayState(r),this.complete();continue e}else t=[]}else{let r=e-160;t=this.decodeString(r,0)}else if(e===192)t=null;else if(e===194)t=!1;else if(e===195)t=!0;else if(e===202)t=this.readF32();else if(e===203)t=this.readF64();else if(e===204)t=this.readU8();else if(e===205)t=this.readU16();else if(e===206)t=this.readU32();else if(e===207)this.useBigInt64?t=this.readU64AsBigInt():t=this.readU64();else if(e===208)t=this.readI8();else if(e===209)t=this.readI16();else if(e===210)t=this.readI32();else if(e===211)this.useBigInt64?t=this.readI64AsBigInt():t=this.readI64();else if(e===217){let r=this.lookU8();t=this.decodeString(r,1)}else if(e===218){let r=this.lookU16();t=this.decodeString(r,2)}else if(e===219){let r=this.lookU32();t=this.decodeString(r,4)}else if(e===220){let r=this.readU16();if(r!==0){this.pushArrayState(r),this.complete();continue e}else t=[]}else if(e===221){let r=this.readU32();if(r!==0){this.pushArrayState(r),this.complete();continue e}else t=[]}else if(e===222){let r=this.readU16();if(r!==0){this.pushMapState(r),this.complete();continue e}else t={}}else if(e===223){let r=this.readU32();if(r!==0){this.pushMapState(r),this.complete();continue e}else t={}}else if(e===196){let r=this.lookU8();t=this.decodeBinary(r,1)}else if(e===197){let r=this.lookU16();t=this.decodeBinary(r,2)}else if(e===198){let r=this.lookU32();t=this.decodeBinary(r,4)}else if(e===212)t=this.decodeExtension(1,0);else if(e===213)t=this.decodeExtension(2,0);else if(e===214)t=this.decodeExtension(4,0);else if(e===215)t=this.decodeExtension(8,0);else if(e===216)t=this.decodeExtension(16,0);else if(e===199){let r=this.lookU8();t=this.decodeExtension(r,1)}else if(e===200){let r=this.lookU16();t=this.decodeExtension(r,2)}else if(e===201){let r=this.lookU32();t=this.decodeExtension(r,4)}else throw new p(`Unrecognized type byte: ${z(e)}`);this.complete();let n=this.stack;for(;n.length>0;){let r=n.top();if(r.type===se)if(r.array[r.position]=t,r.position++,r.position===r.size)t=r.array,n.release(r);else continue e;else if(r.type===B){if(t==="__proto__")throw new p("The key __proto__ is not allowed");r.key=this.mapKeyConverter(t),r.type=Re;continue e}else if(r.map[r.key]=t,r.readCount++,r.readCount===r.size)t=r.map,n.release(r);else{r.key=null,r.type=B;continue e}}return t}}readHeadByte(){return this.headByte===E&&(this.headByte=this.readU8()),this.headByte}complete(){this.headByte=E}readArraySize(){let e=this.readHeadByte();switch(e){case 220:return this.readU16();case 221:return this.readU32();default:{if(e<160)return e-144;throw new p(`Unrecognized array type byte: ${z(e)}`)}}}pushMapState(e){if(e>this.maxMapLength)throw new p(`Max length exceeded: map length (${e}) > maxMapLengthLength (${this.maxMapLength})`);this.stack.pushMapState(e)}pushArrayState(e){if(e>this.maxArrayLength)throw new p(`Max length exceeded: array length (${e}) > maxArrayLength (${this.maxArrayLength})`);this.stack.pushArrayState(e)}decodeString(e,t){return!this.rawStrings||this.stateIsMapKey()?this.decodeUtf8String(e,t):this.decodeBinary(e,t)}decodeUtf8String(e,t){if(e>this.maxStrLength)throw new p(`Max length exceeded: UTF-8 byte length (${e}) > maxStrLength (${this.maxStrLength})`);if(this.bytes.byteLength<this.pos+t+e)throw Me;let n=this.pos+t,r;return this.stateIsMapKey()&&this.keyDecoder?.canBeCached(e)?r=this.keyDecoder.decode(this.bytes,n,e):r=ke(this.bytes,n,e),this.pos+=t+e,r}stateIsMapKey(){return this.stack.length>0?this.stack.top().type===B:!1}decodeBinary(e,t){if(e>this.maxBinLength)throw new p(`Max length exceeded: bin length (${e}) > maxBinLength (${this.maxBinLength})`);if(!this.hasRemaining(e+t))throw Me;let n=this.pos+t,r=this.bytes.subarray(n,n+e);return this.pos+=t+e,r}decodeExtension(e,t){if(e>this.maxExtLength)throw new p(`Max length exceeded: ext length (${e}) > maxExtLength (${this.maxExtLength})`);let n=this.view.getInt8(this.pos+t),r=this.decodeBinary(e,t+1);return this.extensionCodec.decode(r,n,this.context)}lookU8(){return this.view.getUint8(this.pos)}lookU16(){return this.view.getUint16(this.pos)}lookU32(){return this.view.getUint32(this.pos)}readU8(){let e=this.view.getUint8(this.pos);return this.pos++,e}readI8(){let e=this.view.getInt8(this.pos);return this.pos++,e}readU16(){let e=this.view.getUint16(this.pos);return this.pos+=2,e}readI16(){let e=this.view.getInt16(this.pos);return this.pos+=2,e}readU32(){let e=this.view.getUint32(this.pos);return this.pos+=4,e}readI32(){let e=this.view.getInt32(this.pos);return this.pos+=4,e}readU64(){let e=Ue(this.view,this.pos);return this.pos+=8,e}readI64(){let e=F(this.view,this.pos);return this.pos+=8,e}readU64AsBigInt(){let e=this.view.getBigUint64(this.pos);return this.pos+=8,e}readI64AsBigInt(){let e=this.view.getBigInt64(this.pos);return this.pos+=8,e}readF32(){let e=this.view.getFloat32(this.pos);return this.pos+=4,e}readF64(){let e=this.view.getFloat64(this.pos);return this.pos+=8,e}};var Sn=1<<20,At=65536;function A(s){return typeof s=="object"&&s!==null&&!Array.isArray(s)&&!(s instanceof Uint8Array)}function T(s,e=At){if(s instanceof Uint8Array)return s.byteLength<e?s.slice():s;if(Array.isArray(s)&&typeof s[0]=="number")return s;if(typeof s=="object"&&s!==null){let t=s;for(let n of Object.keys(t))t[n]=T(t[n],e)}return s}var O=class{origin;constructor(e){let t=e.chunks[0]?.start,n=Mt(e.metadata.get("start")??"");this.origin=t!==void 0&&(n===void 0||n>t)?t:n??0n}seconds(e){return Number(e-this.origin)/1e9}at(e){return this.origin+BigInt(Math.round(Math.min(Math.max(e,-9e9),9e9)*1e9))}};function Mt(s){let e=/^(.*T[\\d:]{8})(?:\\.(\\d{1,9}))?(Z|[+-]\\d\\d:\\d\\d)$/.exec(s),t=Date.parse(`${e?.[1]}${e?.[3]}`);return Number.isNaN(t)?void 0:BigInt(t)*1000000n+BigInt((e?.[2]??"").padEnd(9,"0"))}function ve(s,e,t){let{chunks:n,metadata:r}=s,i=n.at(-1),o=i===void 0?0:e.seconds(i.end);return{start:new Date(Number(e.origin/1000000n)).toISOString(),duration:o,bytes:t,types:Rt(s),gaps:vt(s,e,o),density:Et(s,e,o),...ae("name",r.get("name")),...ae("viserVersion",r.get("viserVersion")),...ae("damage",s.damage)}}function ae(s,e){return e===void 0?{}:{[s]:e}}function Rt({counts:s,channels:e}){let t={};for(let[n,r]of s){let i=e.nameOf(n);i!==void 0&&r>0&&(t[i]=(t[i]??0)+r)}return t}function vt({chunks:s},e,t){return s.flatMap(({gap:n,end:r},i)=>{if(!n)return[];let o=s.slice(i+1).find(({keyframe:a})=>a);return[{from:e.seconds(r),to:o===void 0?t:e.seconds(o.start)}]})}function Et({chunks:s},e,t){let n=new Array(240).fill(0),r=i=>t>0?Math.min(Math.max(Math.trunc(e.seconds(i)/t*240),0),239):0;for(let{start:i,end:o,messages:a,keyframe:c}of s){if(c)continue;let[h,d]=[r(i),r(o)];for(let u=h;u<=d;u++)n[u]=n[u]+a/(d-h+1)}return n.map(i=>Math.round(i))}var L=class{#t=new Map;#e=new Map;#n=new Map;#r=0;#s=0;get bytes(){return this.#s}payloads(){return Array.from(this.#t.values(),({payload:e})=>e)}apply(e){switch(e.kind){case"keyframe":this.#i(),this.#o(e,0),this.#r=Math.max(this.#r,e.seq);return;case"push":return this.#o(e,e.seq);case"remove":for(let t of e.removed)this.#d(this.#t.get(t))}}#i(){this.#t.clear(),this.#e.clear(),this.#n.clear(),this.#r=this.#s=0}#o({entries:e,gaps:t},n){this.#r=Math.max(this.#r,n);let r=n;for(let[i,o]of e.entries()){let a=t[i]??0;r+=a,a>0&&(this.#r=Math.max(this.#r,r)),this.#a(o),r++}}#a(e){if(e.transient){this.#r++;return}if(e.removal){this.#u(e),this.#r++;return}e.key!==""&&this.#d(this.#e.get(e.key)),e.supersedes.length>0&&this.#u(e);let t=e.payload.slice(),n=this.#c({...e,payload:t,follows:e.follows===e.key?"":e.follows});n.key!==""&&this.#p(n)}#c(e){let t={...e,seq:this.#r++};if(this.#t.set(t.seq,t),this.#s+=t.payload.byteLength,t.key!==""&&this.#e.set(t.key,t),t.follows!==""){let n=this.#n.get(t.follows);n===void 0?this.#n.set(t.follows,new Set([t])):n.add(t)}return t}#d(e){if(e===void 0||!this.#t.delete(e.seq))return;this.#s-=e.payload.byteLength,this.#e.get(e.key)===e&&this.#e.delete(e.key);let t=this.#n.get(e.follows);t?.delete(e),t?.size===0&&this.#n.delete(e.follows)}#u(e){let t=new Set;e.removal&&(this.#f(e.key,t),this.#h(e.key,e.key,t));for(let n of this.#y(e.supersedes))n!==e.key&&(this.#f(n,t),this.#h(n,e.key,t));for(let n of t)this.#d(n)}#f(e,t){let n=this.#e.get(e);n!==void 0&&t.add(n)}#h(e,t,n){for(let r of this.#l(e))r.key!==""&&r.key===t||n.has(r)||(n.add(r),this.#h(r.key,t,n))}#l(e){return e!==""&&this.#n.get(e)||[]}#y([e="",...t]){return e===""?t:[...[...this.#e.keys(),...this.#n.keys()].filter(r=>r.startsWith(e)),...t]}#p(e){if(!this.#n.has(e.key))return;let t=new Set;for(let n of this.#l(e.key))this.#m(n,e,t);for(let n of[...t].sort((r,i)=>r.seq-i.seq))this.#d(n),this.#c(n)}#m(e,t,n){if(!(e===void 0||e===t||n.has(e))){n.add(e);for(let r of this.#l(e.key))this.#m(r,t,n);for(let r of this.#y(e.supersedes))if(r!==e.key){this.#m(this.#e.get(r),t,n);for(let i of this.#l(r))this.#m(i,t,n)}}}};var Bt=new w,Ee={push:"push",keyframe:"state",receive:"in",remove:"",gap:"",connect:"",disconnect:""};function*Be(s,e,t){let n=new y(s);for(;n.left>0;){let{op:r,content:i}=n.record();if(r===m.channel&&e.learn(new y(i)),r!==m.message)continue;let o=Te(i);if(!["step","keyframe","gap"].includes(e.roleOf(o.channel)))throw new Error(`a message without the head of a step: its channel is ${o.channel}`);let a=Lt(o,n,e);a.time>t&&(yield a)}}function Te(s){let e=new y(s),t=e.uint16();e.uint32();let n=e.nanos();return e.nanos(),{channel:t,time:n,data:e.take(e.left)}}function Tt(s){let e=Bt.decode(s),t=e;if(!A(e)||Ee[t.kind]===void 0||!(t.entries>=0))throw new Error("a step\'s head isn\'t what it should be");if(t.keys!==void 0&&t.keys.length!==t.entries)throw new Error(`a step with ${t.keys.length} keys of ${t.entries} messages`);return t}function Lt({time:s,data:e},t,n){let r=Tt(e),i=[];for(let o=0;o<r.entries;o++){let{op:a,content:c}=t.record(),h=a===m.message?Te(c):void 0;if(h?.time!==s||n.roleOf(h.channel)!==Ee[r.kind])throw new Error(`a step "${r.kind}" without the messages that belong to it`);i.push({key:r.keys?.[o]??"",follows:r.follows?.[o]??"",supersedes:r.supersedes?.[o]??[],removal:r.removal?.[o]??!1,transient:r.transient?.[o]??!1,payload:h.data})}return{kind:r.kind,time:s,seq:r.seq,gaps:r.seqs??[],entries:i,removed:r.removed??[]}}var Le=1<<20,Pt=32768,Dt=1<<20,q=class s{header;info;#t;#e;#n;#r;#s;#i=new w;#o=new Set;#a=-1n;#c=!1;static async open(e,t,n){return new s(e,await be(e,n),t,n)}constructor(e,t,n,r){this.#t=e,this.#e=t,this.#n=n,this.#r=r,this.#s=new O(t),this.info=ve(t,this.#s,e.size),this.header={durationSec:this.info.duration,loopStartSec:0,viserVersion:this.info.viserVersion??""};let i=!0;for(let o of t.chunks)(o.keyframe||o===t.chunks[0])&&i&&this.#o.add(o),i=o.gap||i&&!o.keyframe}get bytes(){return this.#t.size}async state(e){let t=this.#s.at(e),n=[],r=await this.#f(t,n);this.#a=t,this.#c=n.length>0;let i=r.payloads(),o=new Uint8Array(r.bytes),a=0,c=i.map(d=>(o.set(d,a),o.subarray(a,a+=d.byteLength))),h={timeSec:e,messages:this.#m(c),bytes:o.byteLength};return{...this.#u([h],o.buffer),damage:n}}skip(e){this.#a=this.#s.at(e)}async read(){let e=this.#e.chunks[this.#g(this.#a)];if(e===void 0)return this.#u([],new ArrayBuffer);let t=this.#c||this.#o.has(e);if(e.keyframe&&!t)return this.#a=e.end,this.#u([],new ArrayBuffer);let n=[],r=[],i=new ArrayBuffer;try{let o=await this.#l(e,Le);i=o.buffer;for(let a of this.#p(e,o,this.#a))(a.kind==="push"||a.kind==="keyframe"&&t)&&this.#d(a,e,n);e.keyframe&&(this.#c=!1)}catch(o){r.push(this.#x(o)),this.#c=!0,n.length=0}return this.#a=e.end,{...this.#u(n,i),damage:r}}#d({kind:e,time:t,entries:n},r,i){let o=e==="keyframe"&&r!==this.#e.chunks[0];if(n.length===0&&!o)return;let a=n.map(({payload:d})=>d),c=a.reduce((d,{byteLength:u})=>d+u,0),h=this.#m(a);c>=Dt&&T(h),i.push({timeSec:this.#s.seconds(t),messages:h,bytes:c,...o?{resets:o}:{}})}#u(e,t){let n=this.#g(this.#a)===this.#e.chunks.length;return{batches:e,buffer:t,done:n,completeSec:this.#s.seconds(this.#a)}}async#f(e,t){let{chunks:n}=this.#e,r=this.#g(e);r<n.length&&n[r].start<=e&&r++;for(let o=r-1;o>0;o--){if(!n[o]?.keyframe)continue;let a=new L;if(await this.#h(a,n.slice(o,r),e,t,!0))return a}let i=new L;return await this.#h(i,n.slice(0,r),e,t,!1),i}async#h(e,t,n,r,i){let o=t.at(-1);for(let[a,c]of t.entries()){try{let h=o.offset+o.bytes-c.offset,d=await this.#l(c,Math.min(4*Le,h));for(let u of this.#p(c,d,-1n)){if(u.time>n)break;e.apply(u)}}catch(h){let d=this.#x(h);if(r.includes(d)||r.push(d),a===0&&i)return!1}if(e.bytes>this.#r)throw new f(`a state of ${e.bytes} bytes exceeds the limit of ${this.#r}`)}return!0}async#l({offset:e,bytes:t,start:n,end:r},i){if(t>this.#r)throw new l(e,`a chunk of ${t} bytes exceeds the limit of ${this.#r}`);let o=await this.#t.read(e,t,i);try{let{op:a,content:c}=new y(o).record();if(a!==m.chunk)throw new Error("there is no chunk but another record");let h=new y(c),d=H(h);if(d.start!==n||d.end!==r)throw new Error("the chunk isn\'t that of the file\'s index");let u=h.take(d.stored);if(d.size>this.#r)throw new Error(`the chunk\'s ${d.size} bytes exceed the limit of ${this.#r}`);let k=this.#y(d.compression,u,d.size);if(k.byteLength!==d.size)throw new Error(`the chunk has ${k.byteLength} of ${d.size} bytes`);if(d.crc!==0&&I(k)!==d.crc)throw new Error("the chunk\'s checksum doesn\'t fit its records");return k}catch(a){throw Pe(e,a)}}#y(e,t,n){if(e==="")return t.slice();if(e!=="zstd")throw new Error(`the chunk\'s compression "${e}" isn\'t known`);if(n/Pt>t.byteLength)throw new Error(`the chunk\'s ${n} bytes can\'t be in ${t.byteLength}`);return this.#n.decode(t,n)}*#p({offset:e,start:t,end:n},r,i){let o=t-1n;try{for(let a of Be(r,this.#e.channels,i)){if(a.time<=o||a.time>n)throw new Error("a step isn\'t in the order of time");o=a.time,yield a}}catch(a){throw Pe(e,a)}}#m(e){return e.map(t=>this.#b(t)).filter(A)}#b(e){try{return this.#i.decode(e)}catch{return}}#x(e){if(!(e instanceof l))throw e;let{cause:t}=e;return t instanceof Error?`${e.message}: ${t.message}`:e.message}#g(e){let{chunks:t}=this.#e,[n,r]=[0,t.length];for(;n<r;){let i=n+r>>1;t[i].end<=e?n=i+1:r=i}return n}};function Pe(s,e){return e instanceof l?e:new l(s,"the chunk is damaged",{cause:e})}var ce=class{#t;constructor(e){this.#t=new Map(Object.entries(e).map(([t,n])=>[t,n.split(/[{}]/)]))}get size(){return this.#t.size}keyOf(e){let t=e;return this.#t.get(e.type)?.map((n,r)=>r%2===0?n:String(t[n])).join("")}},X=class{#t;#e;#n=new Map;#r;#s=0;constructor(e,t,n){this.#t=new ce(e),this.#e=n,this.#r=new Uint32Array(this.#t.size>0?t:0)}live(e){if(this.#t.size===0)return Array.from({length:e},(r,i)=>i);this.#i(e);let t=new Uint8Array(this.#n.size+1),n=[];for(let r=e-1;r>=0;r--){let i=this.#r[r];t[i]!==1&&(i>0&&(t[i]=1),n.push(r))}return n.reverse()}#i(e){for(;this.#s<e;this.#s++)this.#r[this.#s]=this.#o(this.#e(this.#s))}#o(e){let t=this.#t.keyOf(e);if(t===void 0)return 0;let n=this.#n.get(t);return n===void 0&&this.#n.set(t,n=this.#n.size+1),n}};var De=6e-10,G=class s{header;#t;#e;#n;#r=new w;#s=0;static async open(e,t,n,r={}){return new s(await le(e,t,n),r)}constructor(e,t){this.#t=e,this.#e=me(e),this.header=this.#e.header,this.#n=new X(t,this.#i,n=>this.#d(this.#f(n),n))}state(e){this.#s=this.#h(e+De);let t=this.#n.live(this.#s).map(a=>({i:a,bytes:this.#f(a)})),n=new Uint8Array(t.reduce((a,{bytes:c})=>a+c.byteLength,0)),r=[],i=0;for(let{i:a,bytes:c}of t)n.set(c,i),r.push(this.#d(n.subarray(i,i+=c.byteLength),a));let o={timeSec:e,messages:r,bytes:n.byteLength};return this.#c([o],n)}skip(e){this.#s=this.#h(e+De)}read(e){let t=this.#s,n=this.#o(e);this.#s=n.at(-1)??t;let[r,i]=[this.#e.starts[t]??0,this.#e.ends[this.#s-1]??0],o=this.#t.slice(r,Math.max(r,i)),a=t,c=n.map(h=>{let d=this.#a(o,r,a,h);return a=h,d});return this.#c(c,o)}get info(){}get bytes(){return this.#t.byteLength}get#i(){return this.#e.times.length}#o(e){let{times:t,starts:n,ends:r}=this.#e,i=[],o=this.#s;for(;o<this.#i&&(o=this.#h(t[o]),!(r[o-1]-n[this.#s]>e&&i.length>0));)i.push(o);return i}#a(e,t,n,r){let i=[];for(let a=n;a<r;a++){let c=this.#e.starts[a]-t;i.push(this.#d(e.subarray(c,c+this.#u(a)),a))}let o=this.#e.ends[r-1]-this.#e.starts[n];return{timeSec:this.#e.times[n],messages:i,bytes:o}}#c(e,t){if(t.byteLength>=1<<20)for(let{messages:n}of e)T(n);return{batches:e,done:this.#s===this.#i,buffer:t.buffer}}#d(e,t){let n;try{n=this.#r.decode(e)}catch(r){throw new f(`message ${t} of ${this.#i} can\'t be decoded`,{cause:r})}if(!A(n))throw new f(`message ${t} of ${this.#i} is no map`);return n}#u(e){return this.#e.ends[e]-this.#e.starts[e]}#f(e){return this.#t.subarray(this.#e.starts[e],this.#e.ends[e])}#h(e){let[t,n]=[0,this.#i];for(;t<n;){let r=t+n>>1;this.#e.times[r]<=e?t=r+1:n=r}return t}};var V=class{#t;#e;#n=new Map;#r=Promise.resolve();constructor(e,t){this.#t=e,this.#e=t}handle(e){this.#r=this.#r.then(()=>this.#s(e))}async#s(e){let{request:t}=e;try{await this.#i(e)}catch(n){this.#e({request:t,kind:"failed",reason:Ht(n)},[])}}async#i(e){let{request:t,file:n}=e;switch(e.kind){case"open":{let r=await this.#o(e);this.#n.set(n,r);let{header:i,bytes:o,info:a}=r;return this.#e({request:t,kind:"opened",opened:{...i,bytes:o,info:a}},[])}case"state":return this.#a(t,await this.#c(n).state(e.atSec));case"read":{let r=this.#c(n);return e.afterSec!==void 0&&r.skip(e.afterSec),this.#a(t,await r.read(e.maxBytes))}case"close":return this.#n.delete(n),this.#e({request:t,kind:"closed"},[])}}async#o({input:e,maxBytes:t,keys:n}){let r=await ye(e,t);if(ee(await r.read(0,b.byteLength)))return q.open(r,this.#t,t);if(r.size>t)throw new f(`${r.size} bytes exceed the limit of ${t}`);return G.open(await r.read(0,r.size),this.#t,t,n)}#a(e,{buffer:t,...n}){this.#e({request:e,kind:"batches",batches:n},[t])}#c(e){let t=this.#n.get(e);if(t===void 0)throw new Error("the recording is not open");return t}};function Ht(s){return s instanceof Error?s.cause instanceof Error?`${s.message}: ${s.cause.message}`:s.message:String(s)}var de=globalThis,It=Ct();de.onmessage=({data:s})=>{It.then(e=>e.handle(s),e=>{de.postMessage({request:s.request,kind:"failed",reason:`worker: ${String(e)}`},[])})};async function Ct(){let s=new fe;return await s.init(),new V(s,(e,t)=>de.postMessage(e,t))}})();\n';var wa=class{#e;#n=new Map;#t=0;#i;constructor(e){this.#e=e,e.onmessage=({data:t})=>this.#s(t),e.onerror=t=>{this.#o(`worker: ${t.message||"it could not be loaded; a content security policy may forbid it"}`)}}ask(e,t,n=[]){if(this.#i!==void 0)return Promise.reject(this.#i);let s=++this.#t;return new Promise((r,o)=>{let a=l=>{l.kind===e?r(l):o(new Error(l.kind==="failed"?l.reason:`worker: ${l.kind} instead of ${e}`))};this.#n.set(s,{resolve:a,reject:o}),this.#e.postMessage({...t,request:s},n)})}tell(e){this.#e.postMessage({...e,request:++this.#t})}close(){this.#n.clear(),this.#e.onmessage=this.#e.onerror=null,this.#e.terminate()}#s(e){let t=this.#n.get(e.request);this.#n.delete(e.request),t?.resolve(e)}#o(e){this.#i=new Error(e);for(let{reject:t}of this.#n.values())t(this.#i);this.#n.clear()}};var Ta=class{#e;#n=0;#t=0;#i=!1;#s=1;constructor(e){this.#e=e}get sec(){return this.#i?this.#n+(this.#e()-this.#t)/1e3*this.#s:this.#n}get speed(){return this.#s}set speed(e){this.set(this.sec),this.#s=e}get running(){return this.#i}set running(e){this.set(this.sec),this.#i=e}set(e){this.#n=e,this.#t=this.#e()}};async function bc(i,e={}){let t=await fetch(i,{...e,cache:"no-store"});if(t.ok)return t;let n=(await t.text().catch(()=>"")).trim().slice(0,200);throw new Error(`${i}: ${t.status} ${n||t.statusText}`)}var Ea=class{#e;constructor({url:e}){let t=new URL(e,globalThis.location?.href).href;this.#e=t.endsWith("/")?t:`${t}/`}async info(e){let n=await(await bc(`${this.#e}info.json`,{signal:e})).json();if(typeof n.duration!="number")throw new Error(`${this.#e}info.json has no duration`);return n}async cut({fromSec:e,toSec:t,state:n},s){let r=`from=${e}&to=${t}${n?"&state=1":""}`,o=await bc(`${this.#e}cut.viser?${r}`,{signal:s});return new Uint8Array(await o.arrayBuffer())}};function od({file:i}){return i instanceof Uint8Array?i.slice():i instanceof ArrayBuffer?new Uint8Array(i.slice(0)):i instanceof Blob?i:new URL(i,globalThis.location?.href).href}var Aa=class{#e;#n;#t;#i;#s;constructor(e,t,n,s){this.#e=e,this.#n=t,this.#t=n,this.#i=s}async info(e){let{durationSec:t,viserVersion:n,loopStartSec:s,bytes:r,info:o}=this.#s??=await this.#o();return e.throwIfAborted(),{duration:t,viserVersion:n,loopStartSec:s,bytes:r,...o}}async seek(e){let{batches:t}=await this.#n.ask("batches",{kind:"state",file:0,atSec:e});return Ra({...t,completeSec:e,done:!1},e)}async read(e){let{batches:t}=await this.#n.ask("batches",{kind:"read",file:0,afterSec:void 0,maxBytes:this.#t.stretchBytes});return Ra(t,e)}async#o(){let e=od(this.#e),{opened:t}=await this.#n.ask("opened",{kind:"open",file:0,input:e,maxBytes:this.#t.maxFileBytes,keys:this.#i},e instanceof Uint8Array?[e.buffer]:[]);return t}};function Ra({batches:i,done:e,completeSec:t,damage:n=[]},s){return{batches:i,damage:n,toSec:e?s:t??i.at(-1)?.timeSec??s}}var px=1,mx=.25,gx=60,Ca=class{#e;#n;#t;#i;#s=px;#o=0;#a=0;#l;constructor(e,t,n,s){this.#e=e,this.#n=t,this.#t=n,this.#i=s}info(e){return this.#e.info(e)}async seek(e,t){await this.#r(e,e,!0,t);let{batches:n}=await this.#n.ask("batches",{kind:"state",file:this.#o,atSec:e});return this.#a=e,n.done&&this.#u(),Ra({...n,done:!1},e)}async read(e,t){let n;this.#l===void 0&&(n=this.#a,await this.#r(n,Math.min(e,n+this.#s),!1,t));let{batches:s}=await this.#n.ask("batches",{kind:"read",file:this.#o,afterSec:n,maxBytes:this.#t.stretchBytes}),{batches:r,toSec:o,damage:a}=Ra(s,this.#l??this.#a);return this.#a=Math.max(this.#a,o),s.done&&this.#u(),{batches:r,toSec:this.#a,damage:a}}async#r(e,t,n,s){this.#u();let r=await this.#e.cut({fromSec:e,toSec:t,state:n},s),{opened:o}=await this.#n.ask("opened",{kind:"open",file:++this.#o,input:r,maxBytes:this.#t.maxFileBytes,keys:this.#i},[r.buffer]);if(o.durationSec<=e&&t>e)throw new Error(`nothing comes behind ${e} s`);this.#l=o.durationSec,n||this.#c(o)}#c({bytes:e,durationSec:t}){let n=Math.min(this.#s,t-this.#a),s=Math.min(4,this.#t.stretchBytes/Math.max(1,e));this.#s=Math.min(gx,Math.max(mx,n*s))}#u(){this.#l!==void 0&&(this.#l=void 0,this.#n.tell({kind:"close",file:this.#o}))}};function ld(i,e={}){return new Mc(i,e)}var yx=4<<20,xx=1e3,ad=50,vx=40,Mc=class extends Mi{#e;#n;#t=new Ta(()=>performance.now());#i;#s=new Tt;#o=new Tt;#a=new AbortController;#l=new AbortController;#r;#c="loading";#u=!0;#d;#m=!1;#f=[];#g=0;#h=0;#p;#y=0;#_;#S;#T;#x;loop;constructor(e,t={}){super(),this.#i=t,this.#e=new wa(yr(t.worker,rd)),this.#n=_x(e,this.#e,t),this.#d=t.paused!==!0,this.loop=t.loop??!1,this.speed=t.speed??1,this.#A()}get state(){return this.#c}get waiting(){return this.#u}get info(){return this.#r}get beginSec(){return this.#r?.from??0}get endSec(){return this.#r?.duration??0}get positionSec(){return this.#p!==void 0?this.#p:this.#t.running?Math.min(this.#t.sec,this.#h):this.#t.sec}get bufferedSec(){return this.#h}get speed(){return this.#t.speed}set speed(e){if(!(e>0&&e<Number.POSITIVE_INFINITY))throw new RangeError(`${e} is no speed`);this.#t.speed=e}onState(e){return this.#s.add(e)}onInfo(e){return this.#o.add(e)}play(){this.#c!=="closed"&&(this.#d=!0,this.#r===void 0?this.#c==="failed"&&this.#A():this.#c==="ended"?this.seek(this.beginSec):this.#c==="failed"?this.seek(this.positionSec):this.#E())}pause(){this.#d=!1,this.#c==="playing"&&this.#E()}seek(e){return this.#c==="closed"||this.#r===void 0?Promise.resolve():(this.#p=Math.min(this.endSec,Math.max(this.beginSec,Number.isNaN(e)?0:e)),this.#t.running=!1,this.#_===void 0&&this.#l.abort(),this.#_??=this.#L().finally(()=>{this.#_=void 0}),this.#_)}close(){this.#c!=="closed"&&(this.#t.running=!1,this.#a.abort(),this.#l.abort(),clearTimeout(this.#T),clearTimeout(this.#x),this.#e.close(),this.#F(),this.#b("closed",!1))}async#A(){this.#b("loading",!0);try{await this.#R()}catch(e){return this.#I(e)}await this.seek(this.#i.atSec??this.beginSec)}async#R(){let e=await this.#n.info(this.#a.signal);this.#c!=="closed"&&(this.#r=e,this.#o.emit(e))}#C(){this.#r?.live!==!0||this.#x!==void 0||(this.#x=setTimeout(()=>{this.#x=void 0,this.#R().then(()=>{this.#C(),this.#w()},e=>this.#I(e))},xx))}async#L(){for(await this.#S;this.#p!==void 0&&this.#c!=="closed";){let e=this.#p;this.#l=new AbortController,this.#c!=="loading"&&this.#b(this.#d?"playing":"paused",!0);try{this.#M(e,await this.#n.seek(e,this.#l.signal))}catch(t){this.#p===e&&this.#I(t)}}this.#c==="closed"||this.#c==="failed"||(this.#C(),this.#E())}#M(e,{batches:t,damage:n}){if(this.#c!=="closed"){this.#F(),this.#h=this.#y=e,this.#t.set(e),this.#p===e&&(this.#p=void 0),this.#m&&this.emitReset();for(let s of t)this.#N(s);for(let s of n)this.emitError(s)}}#E(){this.#p===void 0&&(this.#b(this.#d?"playing":"paused",!1),this.#t.running=this.#d,this.#w())}#w(){clearTimeout(this.#T),!(this.#r===void 0||this.#p!==void 0)&&(this.#c==="playing"&&this.#P(),!(this.#c!=="playing"&&this.#c!=="paused")&&(this.#O(),this.#c==="playing"&&(this.#T=setTimeout(()=>this.#w(),this.#k()))))}#P(){let e=performance.now(),t=Math.min(this.#t.sec,this.#h,this.#v?.toSec??this.#h),n=0;for(let s of this.#f){if(s.timeSec>t||(n++,this.#g-=s.bytes,this.#N(s),this.#c!=="playing"||this.#p!==void 0))break;if(!(performance.now()-e<vx)){this.#t.set(s.timeSec);break}}this.#f.splice(0,n),this.#c==="playing"&&this.#p===void 0&&this.#U(t)}#U(e){let t=this.#v;if(t!==void 0&&e>=t.toSec){this.seek(t.fromSec);return}let n=this.#t.sec>=this.#h&&this.#f.length===0;if(n&&this.#h>=this.endSec&&this.#r?.live!==!0)return this.#D();let s=n&&this.#h<=e;s&&this.#t.set(this.#h),this.#t.running===s&&(this.#t.running=!s),s!==this.#u&&this.#b("playing",s)}#D(){if(this.#t.set(this.endSec),this.#t.running=!1,this.loop!==!1&&this.endSec>this.beginSec){let e=typeof this.loop=="object"?this.loop.fromSec:this.#r?.loopStartSec??0;this.seek(e);return}this.#d=!1,this.#b("ended",!1)}get#v(){let{loop:e}=this;return typeof e=="object"&&this.#y<e.toSec&&e.fromSec<e.toSec?e:void 0}#O(){if(this.#h<this.beginSec){this.seek(this.beginSec);return}let e=(this.#i.aheadSec??2)*Math.max(1,this.speed),t=this.#h-this.#t.sec>=e,n=this.#g>=(this.#i.maxBufferBytes??32<<20);this.#S!==void 0||t||n||this.#h>=this.endSec||(this.#S=this.#B(this.#l.signal).finally(()=>{this.#S=void 0,this.#w()}))}async#B(e){try{let{batches:t,toSec:n,damage:s}=await this.#n.read(this.endSec,e);if(e.aborted)return;this.#f.push(...t);for(let{bytes:r}of t)this.#g+=r;this.#h=n;for(let r of s)this.emitError(r)}catch(t){e.aborted||this.#I(t)}}#k(){let e=this.#f[0];return e===void 0||!this.#t.running?ad:Math.min(ad,Math.max(0,(e.timeSec-this.#t.sec)/this.speed*1e3))}#N({timeSec:e,messages:t,bytes:n,resets:s}){s===!0&&this.#m&&this.emitReset(),this.#m=!0;let r=performance.timeOrigin+performance.now();this.deliver({messages:t,timestampSec:e,receivedMs:r,wireBytes:n})}#F(){this.#f=[],this.#g=0}#I(e){if(this.#c==="closed")return;let t=e instanceof Error?e.message:String(e);this.#t.set(this.positionSec),this.#t.running=!1,this.#p=void 0,clearTimeout(this.#x),this.#x=void 0,this.#b("failed",!1,t),this.emitError(t)}#b(e,t,n=""){e===this.#c&&t===this.#u&&n===""||(this.#c=e,this.#u=t,this.#s.emit({state:e,waiting:t,reason:n}))}};function _x(i,e,t){let n={maxFileBytes:t.maxFileBytes??1073741824,stretchBytes:yx},s=t.keys??{};return"file"in i?new Aa(i,e,n,s):new Ca("url"in i?new Ea(i):i,e,n,s)}var Sx=.03333333333333333,Pa=class{#e;constructor(e){this.#e=e}observe(){}playhead(){return this.#e.positionSec-Sx}};var cd=[.1,.25,.5,1,2,4,8],Ia=1,hd=10,La={play:'<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M6.5 4.2v11.6L15.8 10z" fill="currentColor"/></svg>',pause:'<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M7 4.5v11M13 4.5v11" stroke-width="2.6"/></svg>',loop:'<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 10V8.5A3.5 3.5 0 0 1 7.5 5H15M13 2.5 15.5 5 13 7.5M16 10v1.5a3.5 3.5 0 0 1-3.5 3.5H5M7 17.5 4.5 15 7 12.5"/></svg>'},Ua=class{track=wc("div","track");#e=rr("icon play","Play",La.play);#n=wc("output","time now");#t=wc("span","time end");#i=document.createElement("input");#s=document.createElement("select");#o=rr("icon loop","Loop",La.loop);#a;#l;#r=!1;constructor(e,t){this.#a=t,this.#i.type="range",this.#i.step="any",this.#i.setAttribute("aria-label","Position"),this.#s.className="speed",this.#s.setAttribute("aria-label","Speed"),this.#s.title="Speed",this.#s.append(...cd.map(n=>new Option(`${n}×`,String(n),n===1,n===1))),this.#o.setAttribute("aria-pressed","false"),this.track.append(this.#i),e.classList.add("timeline"),e.append(this.#e,this.#n,this.track,this.#t,this.#s,this.#o),this.#m()}get speed(){return Number(this.#s.value)}changeSpeed(e){let t=Math.min(cd.length-1,Math.max(0,this.#s.selectedIndex+e));this.#s.selectedIndex=t,this.#a.speed(this.speed)}show(e){let t=this.#l;this.#l=e;let{beginSec:n,endSec:s,positionSec:r,nowText:o,endText:a}=e;t?.beginSec!==n&&(this.#i.min=String(n)),t?.endSec!==s&&(this.#i.max=String(s)),this.#r||(this.#i.value=String(r)),this.track.style.setProperty("--now",this.#d(r)),t?.nowText!==o&&(this.#n.textContent=o,this.#i.setAttribute("aria-valuetext",o)),t?.endText!==a&&(this.#t.textContent=a),t?.playing!==e.playing&&this.#c(e.playing),this.track.classList.toggle("waiting",e.waiting),this.#u(e)}#c(e){this.#e.innerHTML=e?La.pause:La.play,this.#e.setAttribute("aria-label",e?"Pause":"Play"),this.#e.title=e?"Pause":"Play"}#u({loop:e}){let t=String(e!==void 0);this.#o.getAttribute("aria-pressed")!==t&&this.#o.setAttribute("aria-pressed",t),this.track.classList.toggle("looping",e!==void 0),e!==void 0&&(this.track.style.setProperty("--loop-from",this.#d(e.fromSec)),this.track.style.setProperty("--loop-to",this.#d(e.toSec)))}#d(e){let{beginSec:t,endSec:n}=this.#l,s=n>t?(e-t)/(n-t):0;return`${(100*Math.min(1,Math.max(0,s))).toFixed(2)}%`}#m(){this.#e.addEventListener("click",this.#a.toggle),this.#s.addEventListener("change",()=>this.#a.speed(this.speed)),this.#o.addEventListener("click",()=>{this.#a.loop(this.#o.getAttribute("aria-pressed")!=="true")}),this.#i.addEventListener("input",()=>{this.#r=!0,this.#a.seek(Number(this.#i.value),!0)}),this.#i.addEventListener("change",()=>{this.#r=!1,this.#a.seek(Number(this.#i.value),!1)}),this.#i.addEventListener("keydown",e=>this.#f(e))}#f(e){if(this.#l===void 0)return;let{beginSec:t,endSec:n,positionSec:s}=this.#l,o={ArrowLeft:s-Ia,ArrowDown:s-Ia,ArrowRight:s+Ia,ArrowUp:s+Ia,PageDown:s-hd,PageUp:s+hd,Home:t,End:n}[e.key];if(e.key===" ")this.#a.toggle();else{if(o===void 0)return;this.#l={...this.#l,positionSec:Math.min(n,Math.max(t,o))},this.#a.seek(this.#l.positionSec,!1)}e.preventDefault()}};function or(i,e=1){let t=10**e,n=Math.floor(Math.abs(i)*t+1e-6),[s,r]=[Math.floor(n/t/3600),Math.floor(n/t/60)%60],o=(n/t%60).toFixed(e).padStart(e>0?3+e:2,"0"),a=i<0&&n>0?"−":"";return s>0?`${a}${s}:${String(r).padStart(2,"0")}:${o}`:`${a}${r}:${o}`}function wc(i,e){let t=document.createElement(i);return t.className=e,t}function rr(i,e,t){let n=document.createElement("button");return n.type="button",n.className=i,n.title=e,n.setAttribute("aria-label",e),n.innerHTML=t,n}var bx=.5,Da=class{constructor(e,t,n){this.name=e;this.radius=t;this.bornSec=n}name;radius;bornSec;track=new da;shown=dc();held=!1;get isPlaced(){return this.track.newest!==void 0}update(e){this.held||this.track.sample(e,this.shown)}scale(e){if(!this.isPlaced)return 0;let t=(e-this.bornSec)/bx;return t>=1?1:t<=0?0:1+2.4*(t-1)**3+1.4*(t-1)**2}};function ud(i){let{buffer:e,byteOffset:t,byteLength:n}=fd(i,4);return new Float32Array(e,t,Math.floor(n/4))}function dd(i){let{buffer:e,byteOffset:t,byteLength:n}=fd(i,4);return new Uint32Array(e,t,Math.floor(n/4))}function fd(i,e){return i.byteOffset%e===0?i:i.slice()}var ar=new U;function on(i,e,t,n,s,r){let o=2*Math.PI*s/4,a=Math.max(r-2*s,0),l=Math.PI/4;ar.copy(e),ar[n]=0,ar.normalize();let c=.5*o/(o+a),h=1-ar.angleTo(i)/l;return Math.sign(ar[t])===1?h*c:a/(o+a)+c+c*(1-h)}var Na=class i extends Qn{constructor(e=1,t=1,n=1,s=2,r=.1){let o=s*2+1;if(r=Math.min(e/2,t/2,n/2,r),super(1,1,1,o,o,o),this.type="RoundedBoxGeometry",this.parameters={width:e,height:t,depth:n,segments:s,radius:r},o===1)return;let a=this.toNonIndexed();this.index=null,this.attributes.position=a.attributes.position,this.attributes.normal=a.attributes.normal,this.attributes.uv=a.attributes.uv;let l=new U,c=new U,h=new U(e,t,n).divideScalar(2).subScalar(r),p=this.attributes.position.array,u=this.attributes.normal.array,f=this.attributes.uv.array,x=p.length/6,S=new U,m=.5/o;for(let d=0,_=0;d<p.length;d+=3,_+=2)switch(l.fromArray(p,d),c.copy(l),c.x-=Math.sign(c.x)*m,c.y-=Math.sign(c.y)*m,c.z-=Math.sign(c.z)*m,c.normalize(),p[d+0]=h.x*Math.sign(l.x)+c.x*r,p[d+1]=h.y*Math.sign(l.y)+c.y*r,p[d+2]=h.z*Math.sign(l.z)+c.z*r,u[d+0]=c.x,u[d+1]=c.y,u[d+2]=c.z,Math.floor(d/x)){case 0:S.set(1,0,0),f[_+0]=on(S,c,"z","y",r,n),f[_+1]=1-on(S,c,"y","z",r,t);break;case 1:S.set(-1,0,0),f[_+0]=1-on(S,c,"z","y",r,n),f[_+1]=1-on(S,c,"y","z",r,t);break;case 2:S.set(0,1,0),f[_+0]=1-on(S,c,"x","z",r,e),f[_+1]=on(S,c,"z","x",r,n);break;case 3:S.set(0,-1,0),f[_+0]=1-on(S,c,"x","z",r,e),f[_+1]=1-on(S,c,"z","x",r,n);break;case 4:S.set(0,0,1),f[_+0]=1-on(S,c,"x","y",r,e),f[_+1]=1-on(S,c,"y","x",r,t);break;case 5:S.set(0,0,-1),f[_+0]=on(S,c,"x","y",r,e),f[_+1]=1-on(S,c,"y","x",r,t);break}}static fromJSON(e){return new i(e.width,e.height,e.depth,e.segments,e.radius)}};function Mx(i,e){switch(i){case"box":return new Na(1.16,1.16,1.16,e?3:1,.16);case"sphere":return e?new Yi(.82,32,20):new Yi(.82,12,8);case"ring":return e?new Zi(.62,.27,16,36):new Zi(.62,.27,6,14);case"gem":return new Fs(.92,0)}}function wx(i,e,t,n){let[s,r,o,a]=t.wxyz,l=e*16;i[l]=(1-2*(o*o+a*a))*n,i[l+1]=2*(r*o+s*a)*n,i[l+2]=2*(r*a-s*o)*n,i[l+3]=0,i[l+4]=2*(r*o-s*a)*n,i[l+5]=(1-2*(r*r+a*a))*n,i[l+6]=2*(o*a+s*r)*n,i[l+7]=0,i[l+8]=2*(r*a+s*o)*n,i[l+9]=2*(o*a-s*r)*n,i[l+10]=(1-2*(r*r+o*o))*n,i[l+11]=0,i[l+12]=t.position[0],i[l+13]=t.position[1],i[l+14]=t.position[2],i[l+15]=1}var Fa=class{geometry;#e;#n;#t=[];#i=[];#s;constructor(e,t,n){this.#e=e,this.geometry=Mx(t,n);let s=t==="gem";this.#n=n?new mi({roughness:.36,flatShading:s}):new ks({flatShading:s}),this.#s=this.#o(64)}add(e,[t,n,s]){this.#t.length===this.#s.instanceMatrix.count&&this.#a(),this.#t.push(e),this.#i.push(new Fe().setRGB(t/255,n/255,s/255,"srgb")),this.#l(this.#t.length-1)}remove(e){let t=this.#t.indexOf(e);if(t<0)return;let[n,s]=[this.#t.pop(),this.#i.pop()];t!==this.#t.length&&(this.#t[t]=n,this.#i[t]=s,this.#l(t))}draw(e){let t=this.#s.instanceMatrix;this.#t.forEach((n,s)=>{wx(t.array,s,n.shown,n.radius*n.scale(e))}),t.needsUpdate=!0,this.#s.count=this.#t.length}#o(e){let t=new Is(this.geometry,this.#n,e);return t.instanceMatrix.setUsage(Xl),t.frustumCulled=!1,t.castShadow=!0,t.receiveShadow=!0,t.count=0,this.#e.add(t),t}#a(){let e=this.#s;this.#s=this.#o(e.instanceMatrix.count*2),this.#i.forEach((t,n)=>this.#l(n)),this.#e.remove(e),e.dispose()}#l(e){this.#s.setColorAt(e,this.#i[e]),this.#s.instanceColor!==null&&(this.#s.instanceColor.needsUpdate=!0)}};var Tx=1.05,os=class{#e;#n;#t=new Nn;#i=new Map;#s;#o=new bt(new Bt,new qi({color:5209343,side:Et}));#a=new gi;#l;#r=0;#c=performance.now()/1e3;constructor(e,t,n=new fa,s=!0){this.#e=n,this.#n=s,e.add(this.#t);let r=o=>new Fa(this.#t,o,t);this.#s={box:r("box"),sphere:r("sphere"),ring:r("ring"),gem:r("gem")},this.#o.visible=!1,this.#t.add(this.#o)}get visible(){return this.#t.visible}set visible(e){this.#t.visible=e}get size(){return this.#i.size}*bodies(){for(let{body:e}of this.#i.values())yield e}find(e){return this.#i.get(e)?.body}isMesh(e){return this.#i.get(e)?.mesh!==void 0}beginWindow(e,t){this.#r=e,this.#e.observe(e,t/1e3)}setBody(e){let{name:t,shape:n,size:s,color:r}=e;if(this.#d(e))return;let o=this.#m(t,s);this.#s[n].add(o,r),this.#i.set(t,{body:o,made:e,shape:n,mesh:void 0})}setMesh(e){let{name:t,vertices:n,indices:s,color:[r,o,a]}=e;if(this.#d(e))return;let l=new Bt;l.setAttribute("position",new Vt(ud(n),3)),l.setIndex(new Vt(dd(s),1)),l.computeVertexNormals(),l.computeBoundingSphere();let c=new mi({roughness:.55});c.color.setRGB(r/255,o/255,a/255,"srgb");let h=new bt(l,c);h.castShadow=!0,h.receiveShadow=!0;let p=this.#m(t,l.boundingSphere?.radius??1);this.#t.add(h),this.#i.set(t,{body:p,made:e,shape:void 0,mesh:h})}setPose({name:e,position:t,wxyz:n}){let s=this.find(e);if(s===void 0||s.held)return;let r=!s.isPlaced;s.track.push(this.#r,t,n),r&&s.update(this.#r)}remove({name:e}){let t=this.#i.get(e);t!==void 0&&(this.#i.delete(e),t.shape!==void 0&&this.#s[t.shape].remove(t.body),t.mesh!==void 0&&this.#h(t.mesh),this.#l===t&&this.outline(void 0))}clear(){for(let e of[...this.#i.keys()])this.remove({name:e});this.#c=performance.now()/1e3}keepOnly(e){for(let[t,{body:n}]of[...this.#i])e.has(t)?n.track.clear():this.remove({name:t})}outline(e){if(this.#l=e===void 0?void 0:this.#i.get(e.name),this.#o.visible=this.#l!==void 0,this.#l===void 0)return;let{shape:t,mesh:n}=this.#l;this.#o.geometry=t===void 0?n.geometry:this.#s[t].geometry}pick(e,t=Tx){let n,s=Number.POSITIVE_INFINITY;for(let r of this.#i.values()){let o=this.#f(e,r,t),a=o?.distanceTo(e.origin)??Number.POSITIVE_INFINITY;o===void 0||a>=s||(n={body:r.body,point:o},s=a)}return n}letGo(e){e.held=!1,e.track.restart(this.#u(),e.shown)}update(){let e=performance.now()/1e3,t=this.#u();for(let{body:n,mesh:s}of this.#i.values())n.update(t),s!==void 0&&pd(s,n,n.scale(e));for(let n of Object.values(this.#s))n.draw(e);this.#l!==void 0&&this.#g(this.#l,e)}#u(){return this.#e.playhead((performance.timeOrigin+performance.now())/1e3)}#d(e){let t=this.#i.get(e.name);return t!==void 0&&md(t.made,e)}#m(e,t){this.remove({name:e});let n=performance.now()/1e3,s=Math.max(n,this.#c+.2+this.#i.size*.003);return new Da(e,t,this.#n?s:Number.NEGATIVE_INFINITY)}#f(e,{body:t,mesh:n},s){if(t.isPlaced){if(n===void 0){let r=new Sn(new U(...t.shown.position),t.radius*.85*s);return e.intersectSphere(r,new U)??void 0}return this.#a.ray.copy(e),this.#a.intersectObject(n)[0]?.point}}#g({body:e,shape:t},n){let s=t===void 0?1.02:1.1;pd(this.#o,e,s*(t===void 0?1:e.radius)*e.scale(n))}#h(e){this.#t.remove(e),e.geometry.dispose(),e.material.dispose()}};function md(i,e){if(i instanceof Uint8Array&&e instanceof Uint8Array)return i.byteLength===e.byteLength&&i.every((n,s)=>n===e[s]);let t=Object.keys(i);return t.length===Object.keys(e).length&&t.every(n=>{let[s,r]=[i[n],e[n]];return s===r||s instanceof Object&&r instanceof Object&&md(s,r)})}function pd(i,{shown:e},t){let[n,s,r,o]=e.wxyz;i.position.set(...e.position),i.quaternion.set(s,r,o,n),i.scale.setScalar(Math.max(t,1e-4)),i.updateMatrixWorld()}var Oa="recording/",Ex=10,Tc=1.5,Ba=class{#e;#n;#t;#i=Ze("timeline");#s=Ze("live");#o;#a;#l=0;#r;#c=!0;constructor(e,t){this.#e=e,this.#n=t,this.#o=Ze("pointers").cloneNode(),this.#o.id="past-pointers",Ze("pointers").after(this.#o),this.#t=new Ua(Ze("controls"),{seek:(n,s)=>this.#m(n,s),toggle:()=>this.#f(),speed:n=>{this.#r!==void 0&&(this.#r.player.speed=n)},loop:n=>this.#g(n)}),this.#s.addEventListener("click",()=>this.leave());for(let n of["pointerenter","focusin"])this.#i.addEventListener(n,()=>{this.ask()})}get world(){return this.#r?.shown?this.#r.world:void 0}get pointers(){return this.#r?.shown?this.#r.pointers:void 0}get positionSec(){return this.#r?.shown?this.#r.player.positionSec:void 0}get startMs(){return this.#a?.start===void 0?void 0:Date.parse(this.#a.start)}get presentSec(){let e=(performance.now()-this.#l)/1e3;return this.#a===void 0?0:this.#a.duration+e}replay(e,t){this.#c=!0,this.#u(e,!0).loop={fromSec:e,toSec:t}}leave(){this.#r!==void 0&&(this.#r.player.close(),this.#r.world.clear(),this.#r.world.visible=!1,this.#r.pointers.clear(),this.#r=void 0,this.#c=!0,this.#n.changed(!1))}update(e){this.#r?.world.update(),this.#r?.pointers.update(e),this.#h()&&this.leave(),this.#a!==void 0&&this.#p(this.#a)}async ask(){try{let e=await fetch(`${Oa}info.json`,{cache:"no-store"});this.#a=e.ok?await e.json():void 0}catch{this.#a=void 0}this.#l=performance.now(),this.#i.hidden=this.#a===void 0}#u(e,t){return this.#r===void 0?this.#r=this.#d(e,t):(this.#r.player.seek(e),t?this.#r.player.play():this.#r.player.pause()),this.#r.player}#d(e,t){let{scene:n,quality:s}=this.#e,r=ld({url:Oa},{atSec:e,paused:!t,speed:this.#t.speed}),o=new os(n,s.fine,new Pa(r),!1),a=new rs(this.#e,this.#o);Ma(r,o,a,this.#n.bodies);let l={player:r,world:o,pointers:a,shown:!1},c=r.onAny(()=>{c(),l.shown=!0,this.#n.changed(!0)});return r.onError(h=>{this.leave(),this.#n.failed(h)}),l}#m(e,t){if(!t&&e>=this.presentSec-Tc/3)return this.leave();let n=this.#u(e,this.#c&&!t);typeof n.loop=="object"&&(e<n.loop.fromSec||e>n.loop.toSec)&&(n.loop=!1)}#f(){this.#c=!this.#c,this.#r===void 0?this.#u(this.presentSec,this.#c):this.#c?this.#r.player.play():this.#r.player.pause()}#g(e){if(!e){this.#r!==void 0&&(this.#r.player.loop=!1);return}let t=this.#r?.player.positionSec??this.presentSec-Tc/3;this.replay(Math.max(this.#a?.from??0,t-Ex),t)}#h(){if(this.#r===void 0)return!1;let{state:e,waiting:t,positionSec:n}=this.#r.player;return e==="playing"&&t&&n>=this.presentSec-Tc}#p({from:e=0}){let t=this.presentSec,n=this.#r?.player,s=n?.positionSec??t,r=Math.max(0,t-s);this.#t.show({beginSec:Math.min(e,t),endSec:t,positionSec:s,playing:this.#c,waiting:n?.waiting??!1,loop:typeof n?.loop=="object"?n.loop:void 0,nowText:n===void 0?"now":or(-r),endText:""});let o=String(n===void 0);this.#s.getAttribute("aria-pressed")!==o&&this.#s.setAttribute("aria-pressed",o)}};var Ax='<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M6.5 4.2v11.6L15.8 10z" fill="currentColor"/></svg>',Rx='<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5.5 5.5 9 9m0-9-9 9"/></svg>',ka=class{#e=Ze("record");#n=Ze("takes");#t;#i;#s=0;constructor(e){this.#t=e,this.#e.addEventListener("click",()=>this.#o())}update(){let e=this.#i===void 0?"Record":or(this.#t.presentSec()-this.#i,0);this.#e.textContent!==e&&(this.#e.textContent=e)}#o(){let e=this.#t.presentSec();this.#i===void 0?this.#i=e:(this.#a(this.#i,Math.max(e,this.#i+.1)),this.#i=void 0);let t=this.#i!==void 0;this.#e.setAttribute("aria-pressed",String(t)),this.#e.setAttribute("aria-label",t?"Stop recording":"Record")}#a(e,t){let n=document.createElement("div");n.className="take glass";let s=document.createElement("span");s.textContent=`Take ${++this.#s} · ${or(t-e)}`;let r=rr("icon",`Play take ${this.#s}`,Ax);r.addEventListener("click",()=>this.#t.replay(e,t));let o=rr("icon",`Forget take ${this.#s}`,Rx);o.addEventListener("click",()=>n.remove());let a=["viser","mcap"].map(l=>this.#l(l,e,t));n.append(s,r,...a,o),this.#n.append(n),a[0]?.focus()}#l(e,t,n){let s=o=>new Date(this.#t.startMs()+o*1e3).toISOString(),r=document.createElement("a");return r.href=`${Oa}take.${e}?from=${s(t)}&to=${s(n)}`,r.download=`playground-${this.#s}.${e}`,r.textContent=`.${e}`,r.setAttribute("aria-label",`Download take ${this.#s} as .${e}`),r}};var yd="scenewire.theme",gd=matchMedia("(prefers-color-scheme: dark)"),za=class{#e;constructor(e){this.#e=e,gd.addEventListener("change",()=>this.#n()),this.#n()}get theme(){let e=Cx();return e==="light"||e==="dark"?e:gd.matches?"dark":"light"}toggle(){Px(this.theme==="dark"?"light":"dark"),this.#n()}#n(){document.documentElement.dataset.theme=this.theme,this.#e(this.theme)}},xd=null;function Cx(){try{return localStorage.getItem(yd)}catch{return xd}}function Px(i){xd=i;try{localStorage.setItem(yd,i)}catch{}}var Va=nd(),Gn=new xa(Ze("scene")),Ix=new za(i=>Gn.setTheme(i)),Rn=new os(Gn.scene,Gn.quality.fine),Ha=new rs(Gn,Ze("pointers")),ls=new _a,At=Za(location.pathname),lr,Ga=[],_d=0,Sd=0,vd=!1,cs=new ba(Va.name,{add:()=>At.send({type:"AddBody"}),remove:Ac,toggleTheme:()=>Ix.toggle(),rename(i){i!==""&&(Va.name=i),Sc(Va),bd()}}),An=new pa(Gn,Rn,{dragged({name:i,shown:{position:e,wxyz:t}}){At.send({type:"SetPose",name:i,position:e,wxyz:t},{key:`pose/${i}`})},released:({name:i})=>At.send({type:"Release",name:i}),pointed(i){let e=i?.toArray()??[0,0,0];At.send({type:"SetPointer",viewer:lr??0,position:e,visible:i!==void 0},{key:"pointer",offline:"drop"})},selected:as}),mn=new Ba(Gn,{changed(i){document.documentElement.classList.toggle("past",i),Rn.visible=!i,Ha.visible=!i,An.enabled=!i,i&&An.select(void 0),as()},bodies:as,failed:i=>cs.setNotice(i)}),Lx=new ka({presentSec:()=>mn.presentSec,startMs:()=>mn.startMs??0,replay:(i,e)=>mn.replay(i,e)});At.onReset(()=>{Rn.clear(),mn.leave()});Ma(At,Rn,Ha,()=>{An.forgetRemoved(),as()});At.onBatch(({wireBytes:i})=>ls.countWindow(i));At.on("Welcome",i=>{lr=i.viewer,_d=i.maxBodies,Cc(Ga),as()});At.on("Viewers",i=>Cc(i.viewers));At.on("Ping",({sentMs:i})=>ls.noteEcho(performance.now()-i));At.onState(i=>{vd||=i.state==="open",cs.setState(i,!vd),i.state==="open"&&(bd(),mn.ask())});At.onReset(()=>{Sd++,lr=void 0,An.forgetRemoved(),ls.forgetEchoes(),Cc([]),as()});At.onVersionMismatch(()=>cs.setNotice("The server was updated: please reload."));function bd(){At.send({type:"Hello",...Va},{key:"hello",offline:"drop"})}function Ac(){let i=An.selected;i!==void 0&&!Rn.isMesh(i.name)&&At.send({type:"RemoveBody",name:i.name})}function Cc(i){Ga=i,cs.setViewers(Ga,lr)}function as(){let i=An.selected,e=mn.world;cs.setBodies((e??Rn).size,e===void 0?_d:0,i!==void 0&&!Rn.isMesh(i.name))}Gn.canvas.addEventListener("keydown",i=>{({ArrowRight:()=>An.selectNext(1),ArrowLeft:()=>An.selectNext(-1),Escape:()=>An.select(void 0),Delete:Ac,Backspace:Ac})[i.key]?.()});var Rc=ls.read();setInterval(()=>At.send({type:"Ping",sentMs:performance.now()},{key:"ping",offline:"drop"}),1e3);setInterval(()=>{Rc=ls.read(),cs.setRates(Rc)},500);var Ec=performance.now();function Md(i){requestAnimationFrame(Md),Rn.visible&&Rn.update(),Ha.update((i-Ec)/1e3),mn.update((i-Ec)/1e3),Lx.update(),Gn.render(i),ls.countFrame(),Ec=i}requestAnimationFrame(Md);ed({stage:Gn,world:()=>mn.world??Rn,pointers:()=>mn.pointers??Ha,present:()=>mn.presentSec,state:()=>({pastSec:mn.positionSec,connection:At.state,resets:Sd,viewer:lr,viewers:Ga,selected:An.selected?.name,rates:Rc})});
